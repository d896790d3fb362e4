/// Tests of placement.
@NullMarked
package org.edgeplex.controller.placement;

import org.jspecify.annotations.NullMarked;
