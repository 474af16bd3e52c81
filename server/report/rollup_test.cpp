#include "report/rollup.h"
