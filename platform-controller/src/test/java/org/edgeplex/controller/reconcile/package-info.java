/// Tests of reconcile.
@NullMarked
package org.edgeplex.controller.reconcile;

import org.jspecify.annotations.NullMarked;
