/// The contract suites of the two seams, and tests of the plan and its diff.
@NullMarked
package org.edgeplex.openflow;

import org.jspecify.annotations.NullMarked;
