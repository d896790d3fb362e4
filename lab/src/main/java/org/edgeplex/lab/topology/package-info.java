/// A lab's topology file, read into values or refused with the line of each mistake.
///
/// The file has the shape of containerlab's (`name`, `topology.kinds`, `topology.nodes`,
/// `topology.links`), with kinds of our own and one section more, `vpn-services`: what the lab
/// orders at the PEs' API once the topology is up.
///
/// What it is not: it starts nothing and touches no machine.
///
/// - JSON Schema, draft 2020-12 (`topology.schema.json` beside the classes)
@NullMarked
package org.edgeplex.lab.topology;

import org.jspecify.annotations.NullMarked;
