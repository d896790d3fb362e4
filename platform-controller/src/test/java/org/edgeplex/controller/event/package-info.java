/// Tests of event.
@NullMarked
package org.edgeplex.controller.event;

import org.jspecify.annotations.NullMarked;
