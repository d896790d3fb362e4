package org.edgeplex.dataplane.io.dpdk;

import org.junit.jupiter.api.Tag;

/// The contract on an interface that is captured: the driver of files, live.
@Tag("machine")
class PcapPortTest extends VethPortContract {
    PcapPortTest() {
        super("pcap", "vdev:net_pcap90,iface=near", 511);
    }

    @Override
    protected boolean wakesSleepers() {
        return false;
    }
}
