package org.edgeplex.controller.compute.netns;

import java.nio.file.Path;
import org.edgeplex.controller.compute.IdleMode;

/// One host of this machine.
///
/// @param host its name for people and records
/// @param namespace the network namespace that is the host; exists already
/// @param switchNamespace where the switch's end of each PVM's wire goes
/// @param wireMtuBytes MTU of the wires: room for a customer's packet with VLAN tag or labels
/// @param storeLocation what the programs open
/// @param logDirectory where their output goes, a file for each
/// @param countersDirectory where their counters files are; exists already
/// @param idle what a data plane does without packets
public record NetnsSettings(
        String host,
        String namespace,
        String switchNamespace,
        int wireMtuBytes,
        String storeLocation,
        Path logDirectory,
        Path countersDirectory,
        IdleMode idle,
        JvmCommand jvm) {}
