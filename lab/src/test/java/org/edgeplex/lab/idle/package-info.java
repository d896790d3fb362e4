@NullMarked
package org.edgeplex.lab.idle;

import org.jspecify.annotations.NullMarked;
