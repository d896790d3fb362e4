/// A data plane that runs for real, in a world made for it: what the benches and the training
/// start.
@NullMarked
package org.edgeplex.lab.trial;

import org.jspecify.annotations.NullMarked;
