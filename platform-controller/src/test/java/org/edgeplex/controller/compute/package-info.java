/// Tests of compute.
@NullMarked
package org.edgeplex.controller.compute;

import org.jspecify.annotations.NullMarked;
