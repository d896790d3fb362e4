/// Tests of show.
@NullMarked
package org.edgeplex.controller.show;

import org.jspecify.annotations.NullMarked;
