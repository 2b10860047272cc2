module bkfc/kubernetes_fields

go 1.21
