package org.edgeplex.lab.node;

import org.edgeplex.lab.machine.Namespace;

/// A network device: where a cable is plugged in, or where a capture listens.
public record Place(Namespace namespace, String device) {}
