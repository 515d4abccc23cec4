/* Adagrad for softmax heads over sparse rows: one row at a time, touching only the columns it has.
   `weights` and `squares` are [columns][48]; `wanted` is [rows][48], probabilities per head, all zero where
   a row has no label for a head. Called from descend.py, which compiles it. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define WIDTH 48

void descend(const int64_t *starts, const int32_t *columns, const float *values, const int64_t *order,
             int64_t count, int heads, const int32_t *bounds, const float *head_weights, const float *wanted,
             const float *row_weights, float rate, float *weights, float *squares)
{
    for (int64_t turn = 0; turn < count; turn++) {
        int64_t row = order[turn];
        const float *goal = wanted + row * WIDTH;
        float logits[WIDTH] = {0}, slope[WIDTH] = {0};
        for (int64_t at = starts[row]; at < starts[row + 1]; at++) {
            const float *weight = weights + (int64_t)columns[at] * WIDTH;
            for (int k = 0; k < WIDTH; k++) logits[k] += values[at] * weight[k];
        }
        for (int head = 0; head < heads; head++) {
            float highest = logits[bounds[head]], sum = 0, mass = 0;
            for (int k = bounds[head]; k < bounds[head + 1]; k++) highest = fmaxf(highest, logits[k]);
            for (int k = bounds[head]; k < bounds[head + 1]; k++) {
                slope[k] = expf(logits[k] - highest);
                sum += slope[k];
                mass += goal[k];
            }
            float weight = head_weights[head] * row_weights[row];
            for (int k = bounds[head]; k < bounds[head + 1]; k++) slope[k] = weight * (slope[k] / sum * mass - goal[k]);
        }
        for (int64_t at = starts[row]; at < starts[row + 1]; at++) {
            float *weight = weights + (int64_t)columns[at] * WIDTH, *square = squares + (int64_t)columns[at] * WIDTH;
            for (int k = 0; k < WIDTH; k++) {
                float step = slope[k] * values[at];
                square[k] += step * step;
                weight[k] -= rate * step / sqrtf(square[k]);
            }
        }
    }
}
