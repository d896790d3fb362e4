/// Our speaker against the real ones of other people, in network namespaces.
///
/// Needs root, `ip`, FRR and BIRD; the tests are tagged `machine`. The speaker runs as a process of
/// its own ([SpeakerProgram]) inside a namespace, so nothing of the host's network is touched.
@NullMarked
package org.edgeplex.bgp.machine;

import org.jspecify.annotations.NullMarked;
