#include "facts/storage.hpp"

#include <algorithm>
#include <array>

#include "facts/pattern.hpp"

namespace bkfc::facts {
namespace {

using enum Known;

constexpr std::string_view nfs = "moby/buildkit#2898, #6024";
constexpr std::string_view node_disk =
    "the volume is a folder of the node's disk, and so is its free space";

// Name, network, enforces_capacity, note, source. The first that fits is taken.
constexpr Provisioner rows[] = {
    {"nfs.csi.k8s.io", yes, no, "a share of an NFS server", nfs},
    {"k8s-sigs.io/nfs-subdir-external-provisioner", yes, no, "a share of an NFS server", nfs},
    {"*nfs-subdir-external-provisioner", yes, no, "a share of an NFS server", nfs},
    {"*nfs-server-provisioner", yes, no, "a share of an NFS server", nfs},
    {"*nfs-client-provisioner", yes, no, "a share of an NFS server", nfs},
    {"fuseim.pri/ifs", yes, no, "a share of an NFS server", nfs},
    {"openebs.io/nfsrwx", yes, no, "a share of an NFS server in the cluster", nfs},
    {"efs.csi.aws.com", yes, no, "Amazon EFS, which is NFS", nfs},
    {"fsx.csi.aws.com", yes, yes, "Amazon FSx for Lustre", "aws-fsx-csi-driver"},
    {"fsx.openzfs.csi.aws.com", yes, yes, "Amazon FSx for OpenZFS, which is NFS", nfs},
    {"file.csi.azure.com", yes, yes, "Azure Files: SMB or NFS", nfs},
    {"kubernetes.io/azure-file", yes, yes, "Azure Files: SMB", nfs},
    {"blob.csi.azure.com", yes, no, "Azure Blob: NFS or FUSE", nfs},
    {"filestore.csi.storage.gke.io", yes, yes, "Google Filestore, which is NFS", nfs},
    {"*cephfs.csi.ceph.com", yes, yes, "CephFS", "rook/rook"},
    {"ceph.com/cephfs", yes, yes, "CephFS", "rook/rook"},
    {"kubernetes.io/glusterfs", yes, depends, "GlusterFS", "gluster/glusterfs"},
    {"org.gluster.glusterfs", yes, depends, "GlusterFS", "gluster/glusterfs"},
    {"smb.csi.k8s.io", yes, no, "a share of an SMB server", "csi-driver-smb"},
    {"csi.juicefs.com", yes, no, "JuiceFS, on FUSE", "juicefs-csi-driver"},
    {"nasplugin.csi.alibabacloud.com", yes, no, "Alibaba Cloud NAS, which is NFS", nfs},
    {"com.tencent.cloud.csi.cfs", yes, no, "Tencent CFS, which is NFS", nfs},
    {"gcsfuse.csi.storage.gke.io", yes, no, "Cloud Storage, on FUSE", "gcsfuse"},
    {"s3.csi.aws.com", yes, no, "S3, on FUSE", "mountpoint-s3-csi-driver"},
    {"ru.yandex.s3.csi", yes, no, "S3, on FUSE", "csi-s3"},
    {"beegfs.csi.netapp.com", yes, no, "BeeGFS", "beegfs-csi-driver"},
    {"csi.weka.io", yes, depends, "WEKA", "csi-wekafs"},
    {"org.democratic-csi.*nfs*", yes, yes, "an NFS export of TrueNAS or ZFS", nfs},
    {"everest-csi-provisioner", depends, yes,
     "block for `csi-disk`, NFS for `csi-nas`, `csi-sfs` and `csi-sfsturbo`", "Huawei Cloud CCE"},
    {"csi.trident.netapp.io", depends, yes, "block for `ontap-san`, NFS for `ontap-nas`",
     "NetApp/trident"},
    {"driver.longhorn.io", depends, yes, "block for ReadWriteOnce, an NFS share for ReadWriteMany",
     "longhorn/longhorn"},
    {"pxd.portworx.com", depends, yes, "block, or NFS where `sharedv4` is set", "portworx"},
    {"openebs.io/local", no, no, node_disk, "openebs/openebs#3319, dynamic-localpv-provisioner#13"},
    {"rancher.io/local-path", no, no, node_disk, "rancher/local-path-provisioner"},
    {"docker.io/hostpath", no, no, node_disk, "Docker Desktop"},
    {"k8s.io/minikube-hostpath", no, no, node_disk, "minikube"},
    {"microk8s.io/hostpath", no, no, node_disk, "microk8s"},
    {"hostpath.csi.k8s.io", no, no, node_disk, "csi-driver-host-path"},
    {"kubevirt.io.hostpath-provisioner", no, no, node_disk, "hostpath-provisioner"},
    {"kubernetes.io/no-provisioner", no, depends, "whatever the volumes were made of by hand",
     "kubernetes"},
    {"ebs.csi.aws.com", no, yes, "", "aws-ebs-csi-driver"},
    {"kubernetes.io/aws-ebs", no, yes, "", "kubernetes"},
    {"pd.csi.storage.gke.io", no, yes, "", "gcp-compute-persistent-disk-csi-driver"},
    {"kubernetes.io/gce-pd", no, yes, "", "kubernetes"},
    {"disk.csi.azure.com", no, yes, "", "azuredisk-csi-driver"},
    {"kubernetes.io/azure-disk", no, yes, "", "kubernetes"},
    {"*rbd.csi.ceph.com", no, yes, "", "ceph-csi"},
    {"diskplugin.csi.alibabacloud.com", no, yes, "", "alibaba-cloud-csi-driver"},
    {"com.tencent.cloud.csi.cbs", no, yes, "", "kubernetes-csi-tencentcloud"},
    {"cinder.csi.openstack.org", no, yes, "", "cloud-provider-openstack"},
    {"csi.vsphere.vmware.com", depends, yes,
     "block for ReadWriteOnce, a vSAN file share for ReadWriteMany", "vsphere-csi-driver"},
    {"dobs.csi.digitalocean.com", no, yes, "", "csi-digitalocean"},
    {"csi.hetzner.cloud", no, yes, "", "hetznercloud/csi-driver"},
    {"linodebs.csi.linode.com", no, yes, "", "linode-blockstorage-csi-driver"},
    {"local.csi.openebs.io", no, yes, "", "openebs/lvm-localpv"},
    {"zfs.csi.openebs.io", no, yes, "", "openebs/zfs-localpv"},
    {"topolvm.io", no, yes, "", "topolvm"},
    {"topolvm.cybozu.com", no, yes, "", "topolvm"},
};

struct Hint {
  std::string_view word;
  Known network = no;
  Known enforces_capacity = yes;
};

// A class is usually called after what makes its volumes.
constexpr Hint hints[] = {
    {"nfs", yes, no},        {"efs", yes, no},        {"cephfs", yes, yes},
    {"cifs", yes, no},       {"smb", yes, no},        {"gluster", yes, depends},
    {"azurefile", yes, yes}, {"filestore", yes, yes}, {"juicefs", yes, no},
    {"rwx", yes, yes},       {"nas", yes, no},        {"hostpath", no, no},
    {"local-path", no, no},
};

constexpr AccessMode modes[] = {
    {.name = "ReadWriteOnce", .short_name = "RWO"},
    {.name = "ReadOnlyMany", .short_name = "ROX", .shared = true, .writable = false},
    {.name = "ReadWriteMany", .short_name = "RWX", .shared = true},
    {.name = "ReadWriteOncePod", .short_name = "RWOP", .gate = kubernetes(1, 27)},
};

// Short words only between dashes, dots or ends: `nas` is not in `nasdaq`.
bool holds_word(std::string_view name, std::string_view word) {
  constexpr std::size_t shortest_sure_word = 5;
  for (std::size_t at = name.find(word); at != name.npos; at = name.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const auto is_edge = [&](char c) { return c == '-' || c == '.' || c == '_'; };
    const bool begins = at == 0 || is_edge(name[at - 1]);
    const bool ends = end == name.size() || is_edge(name[end]);
    if (word.size() >= shortest_sure_word || (begins && ends)) return true;
  }
  return false;
}

}  // namespace

std::span<const Provisioner> provisioners() { return rows; }

const Provisioner* find_provisioner(std::string_view name) {
  const auto at = std::find_if(std::begin(rows), std::end(rows),
                               [&](const Provisioner& row) { return fits(row.name, name); });
  return at == std::end(rows) ? nullptr : at;
}

std::optional<ClassHint> guess_storage_class(std::string_view class_name) {
  for (const Hint& hint : hints) {
    if (holds_word(class_name, hint.word)) {
      return ClassHint{hint.network, hint.enforces_capacity, hint.word};
    }
  }
  return std::nullopt;
}

std::span<const AccessMode> access_modes() { return modes; }

const AccessMode* find_access_mode(std::string_view name) {
  const auto at = std::find_if(std::begin(modes), std::end(modes), [&](const AccessMode& mode) {
    return mode.name == name || mode.short_name == name;
  });
  return at == std::end(modes) ? nullptr : at;
}

}  // namespace bkfc::facts
