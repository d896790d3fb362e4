/// Where the programs of CVM and PVMs run: the seam between the reconciler and compute.
///
/// A host starts, stops and lists processes and tells when one ended. It knows no intent and no
/// store: what it says is what runs. One contract suite holds for all implementations: `.netns`
/// (processes in network namespaces of this machine) and `.fake` (tests and simulation).
@NullMarked
package org.edgeplex.controller.compute;

import org.jspecify.annotations.NullMarked;
