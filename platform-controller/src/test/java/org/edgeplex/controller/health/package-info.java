/// Tests of health.
@NullMarked
package org.edgeplex.controller.health;

import org.jspecify.annotations.NullMarked;
