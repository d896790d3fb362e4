/// A recorded run, without the recording.
@NullMarked
package org.edgeplex.state.rehearsal;

import org.jspecify.annotations.NullMarked;
