package org.edgeplex.ldp.discovery;

import org.edgeplex.ldp.wire.LdpIdentifier;
import org.edgeplex.net.Ipv4Address;

/// An LSR heard on the link: who, from which address, and where its sessions are.
public record Neighbor(LdpIdentifier id, Ipv4Address source, Ipv4Address transportAddress) {}
