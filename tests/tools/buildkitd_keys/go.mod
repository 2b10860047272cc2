module bkfc/buildkitd_keys

go 1.21
