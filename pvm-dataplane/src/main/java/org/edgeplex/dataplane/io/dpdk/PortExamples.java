package org.edgeplex.dataplane.io.dpdk;

/// Ports as a user may write them, for help.
public final class PortExamples {
    /// An example of each type and what it is, a line each, as picocli formats them.
    public static final String TEXT =
            "  af_packet:eth0                    an interface of this machine%n"
                    + "  af_xdp:eth0                       the same, through XDP sockets%n"
                    + "  tap:tap7                          a new interface, as long as this runs%n"
                    + "  memif:server,socket=/run/a.sock   memory shared with another process,%n"
                    + "  memif:client,socket=/run/a.sock   and the other end: the server first%n"
                    + "  vhost:/run/b.sock                 a virtual machine's device, served%n"
                    + "  virtio:/run/b.sock                the other side of vhost%n"
                    + "  pcap:in.pcap                      reads a capture%n"
                    + "  pcap,tx_pcap=out.pcap             writes what is sent to a capture%n"
                    + "  pcap:in.pcap,tx_pcap=out.pcap     both%n"
                    + "  ring                              what is sent comes back%n"
                    + "  null                              packets from nowhere, and into it%n"
                    + "  pci:0000:00:04.0                  a network card, bound to vfio-pci%n"
                    + "  vdev:net_bonding0,mode=1          any other device of DPDK";

    private PortExamples() {}
}
