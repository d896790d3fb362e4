/// On which host a new instance runs: a pure choice.
@NullMarked
package org.edgeplex.controller.placement;

import org.jspecify.annotations.NullMarked;
