package org.edgeplex.openflow;

/// A flow as the switch has it, with its counters. `expires`: it has a timeout, as ours never have.
public record FlowEntry(
        Flow flow, boolean expires, long packets, long bytes, long durationSeconds) {
    public long cookie() {
        return flow.cookie();
    }

    public int tableId() {
        return flow.tableId();
    }

    public int priority() {
        return flow.priority();
    }

    /// As ovs-ofctl(8) writes it, e.g. `in_port=3,dl_vlan=101`; empty if everything matches.
    public String match() {
        return flow.matchText();
    }

    /// As ovs-ofctl(8) writes it, e.g. `pop_vlan,output:2`.
    public String actions() {
        return flow.actionsText();
    }
}
