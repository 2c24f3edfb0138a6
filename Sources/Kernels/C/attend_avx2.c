#include "attend.h"

#if defined(__x86_64__)

#include <math.h>
#include <string.h>

#include "exponential.h"

// Attention of one token in vectors of eight. A tile of positions that fits in the first-level cache is read for all
// heads before the next one; within it, blocks of 4, 2 or 1 heads share what is loaded, and eight sums run side by
// side, enough to hide how long an addition takes. Each sum adds in the same order whatever the block, so a head's
// result does not depend on how many heads are asked together.

#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVX2_PART __attribute__((target("avx2,fma,f16c"), always_inline)) static inline
#define UNROLL _Pragma("clang loop unroll(full)")

// Half the first-level cache of common processors: the tile's other half are queries, sums and weights.
#define TILE_BYTES 16384

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static size_t tile_positions(size_t row_size, int half) {
    const size_t row_bytes = row_size * (half ? sizeof(uint16_t) : sizeof(float));
    const size_t fitting = row_bytes == 0 ? 64 : smaller(TILE_BYTES / row_bytes, 64);
    return fitting < 8 ? 8 : fitting & ~(size_t)7;
}

// Heads of the next block. Blocks of 3 would need every register there is, and compilers then keep sums in memory.
static size_t block_heads(size_t left) { return left >= 4 ? 4 : left >= 2 ? 2 : 1; }

AVX2_PART const void *row_at(const void *rows, size_t element, int half) {
    return half ? (const void *)((const uint16_t *)rows + element) : (const void *)((const float *)rows + element);
}

// `count` numbers of a row, 1 to 8, then zeros.
AVX2_PART __m256 load(const void *row, size_t from, size_t count, int half) {
    if (half) {
        const uint16_t *halves = (const uint16_t *)row + from;
        if (count == 8) return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)halves));
        uint16_t few[8] = {0};
        memcpy(few, halves, count * sizeof *few);
        return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)few));
    }
    const float *floats = (const float *)row + from;
    if (count == 8) return _mm256_loadu_ps(floats);
    float few[8] = {0};
    memcpy(few, floats, count * sizeof *few);
    return _mm256_loadu_ps(few);
}

AVX2_PART void store(float *out, __m256 x, size_t count) {
    if (count == 8) {
        _mm256_storeu_ps(out, x);
        return;
    }
    float few[8];
    _mm256_storeu_ps(few, x);
    memcpy(out, few, count * sizeof *few);
}

// The sums of four vectors' lanes.
AVX2_PART __m128 lane_sums(__m256 a, __m256 b, __m256 c, __m256 d) {
    const __m256 halves = _mm256_hadd_ps(_mm256_hadd_ps(a, b), _mm256_hadd_ps(c, d));
    return _mm_add_ps(_mm256_castps256_ps128(halves), _mm256_extractf128_ps(halves, 1));
}

// MARK: - scores = queries * keys

// `sums[head * positions + position]` += query * key over eight numbers.
AVX2_PART void score_eight(
    __m256 *sums, const Attention *a, const float *queries, const void *keys, size_t from, size_t count,
    const int heads, const int positions, const int half) {
    __m256 query[4];
    UNROLL for (int head = 0; head < heads; head++) {
        query[head] = load(queries + (size_t)head * a->key_size, from, count, 0);
    }
    UNROLL for (int position = 0; position < positions; position++) {
        const __m256 key = load(keys, (size_t)position * a->cache.key_stride + from, count, half);
        UNROLL for (int head = 0; head < heads; head++) {
            __m256 *sum = &sums[head * positions + position];
            *sum = _mm256_fmadd_ps(query[head], key, *sum);
        }
    }
}

// The products of `heads` queries with the keys of `positions` positions, to scores[head * count + position].
AVX2_PART void score_block(
    const Attention *a, const float *queries, const void *keys, float *scores, const int heads, const int positions,
    const int half) {
    __m256 sums[8];
    UNROLL for (int i = 0; i < 8; i++) sums[i] = _mm256_setzero_ps();
    size_t from = 0;
    for (; from + 8 <= a->key_size; from += 8) {
        score_eight(sums, a, queries, keys, from, 8, heads, positions, half);
    }
    if (from < a->key_size) {
        score_eight(sums, a, queries, keys, from, a->key_size - from, heads, positions, half);
    }
    UNROLL for (int i = 0; i < heads * positions; i += 4) {
        const __m128 four = lane_sums(sums[i], sums[i + 1], sums[i + 2], sums[i + 3]);
        if (positions >= 4) {
            _mm_storeu_ps(scores + (size_t)(i / positions) * a->count + i % positions, four);
        } else if (positions == 2) {
            _mm_storel_pi((__m64 *)(scores + (size_t)(i / 2) * a->count), four);
            _mm_storeh_pi((__m64 *)(scores + (size_t)(i / 2 + 1) * a->count), four);
        } else {
            float each[4];
            _mm_storeu_ps(each, four);
            UNROLL for (int head = 0; head < heads; head++) scores[(size_t)head * a->count] = each[head];
        }
    }
}

// Positions from..<end, `step` at a time. The last step reaches back over positions already done, and writes the same
// numbers again; only with fewer positions than a step are they taken singly.
AVX2_PART void score_tile(
    const Attention *a, size_t head, size_t from, size_t end, const int heads, const int step, const int half) {
    const float *queries = a->queries + head * a->key_size;
    float *scores = a->scores + head * a->count;
    if (end < (size_t)step) {
        for (size_t position = from; position < end; position++) {
            const void *keys = row_at(a->cache.keys, position * a->cache.key_stride, half);
            score_block(a, queries, keys, scores + position, heads, 1, half);
        }
        return;
    }
    for (size_t next = from; next < end; next += (size_t)step) {
        const size_t position = smaller(next, end - (size_t)step);
        const void *keys = row_at(a->cache.keys, position * a->cache.key_stride, half);
        score_block(a, queries, keys, scores + position, heads, step, half);
    }
}

AVX2_PART void score_positions(const Attention *a, const int half) {
    const size_t tile = tile_positions(a->key_size, half);
    for (size_t from = 0; from < a->count; from += tile) {
        const size_t end = smaller(from + tile, a->count);
        for (size_t head = 0, block; head < a->heads; head += block) {
            block = block_heads(a->heads - head);
            switch (block) {
            case 1: score_tile(a, head, from, end, 1, 8, half); break;
            case 2: score_tile(a, head, from, end, 2, 4, half); break;
            default: score_tile(a, head, from, end, 4, 2, half); break;
            }
        }
    }
}

AVX2 static void score_floats(const Attention *a) { score_positions(a, 0); }
AVX2 static void score_halves(const Attention *a) { score_positions(a, 1); }

// MARK: - weights = softmax(scores)

// Below 0.625 a polynomial (Cephes' tanhf), which keeps small results exact to their last places; above it
// 1 - 2 / (exp(2 |x|) + 1).
AVX2_PART __m256 hyperbolic_tangent(__m256 x) {
    const __m256 sign = _mm256_and_ps(x, _mm256_set1_ps(-0.0f)), size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x);
    const __m256 square = _mm256_mul_ps(x, x);
    __m256 p = _mm256_set1_ps(-5.70498872745e-3f);
    p = _mm256_fmadd_ps(p, square, _mm256_set1_ps(2.06390887954e-2f));
    p = _mm256_fmadd_ps(p, square, _mm256_set1_ps(-5.37397155531e-2f));
    p = _mm256_fmadd_ps(p, square, _mm256_set1_ps(1.33314422036e-1f));
    p = _mm256_fmadd_ps(p, square, _mm256_set1_ps(-3.33332819422e-1f));
    const __m256 small = _mm256_fmadd_ps(_mm256_mul_ps(p, square), x, x);
    const __m256 one = _mm256_set1_ps(1), two = _mm256_set1_ps(2);
    const __m256 divisor = _mm256_add_ps(exponential_avx2(_mm256_add_ps(size, size)), one);
    const __m256 large = _mm256_or_ps(_mm256_sub_ps(one, _mm256_div_ps(two, divisor)), sign);
    return _mm256_blendv_ps(large, small, _mm256_cmp_ps(size, _mm256_set1_ps(0.625f), _CMP_LT_OQ));
}

AVX2_PART __m256 scaled_scores(const Attention *a, const float *scores, size_t count) {
    const __m256 scaled = _mm256_mul_ps(load(scores, 0, count, 0), _mm256_set1_ps(a->scale));
    if (!(a->softcap > 0)) return scaled;
    const __m256 cap = _mm256_set1_ps(a->softcap);
    return _mm256_mul_ps(cap, hyperbolic_tangent(_mm256_div_ps(scaled, cap)));
}

// Scores of one head become weights with the sum 1, less the sink's share.
AVX2 static void weigh(const Attention *a, size_t head) {
    float *scores = a->scores + head * a->count;
    const size_t whole = a->count & ~(size_t)7, rest = a->count - whole;
    const float sink = a->sinks ? a->sinks[head] : -INFINITY;
    __m256 most = _mm256_set1_ps(sink);
    for (size_t i = 0; i < whole; i += 8) {
        const __m256 eight = scaled_scores(a, scores + i, 8);
        _mm256_storeu_ps(scores + i, eight);
        most = _mm256_max_ps(most, eight);
    }
    float lanes[8];
    _mm256_storeu_ps(lanes, most);
    if (rest > 0) store(scores + whole, scaled_scores(a, scores + whole, rest), rest);
    float top = sink;
    for (size_t i = 0; i < 8; i++) top = lanes[i] > top ? lanes[i] : top;
    for (size_t i = whole; i < a->count; i++) top = scores[i] > top ? scores[i] : top;

    __m256 sums = _mm256_setzero_ps();
    for (size_t i = 0; i < whole; i += 8) {
        const __m256 eight = exponential_avx2(_mm256_sub_ps(_mm256_loadu_ps(scores + i), _mm256_set1_ps(top)));
        _mm256_storeu_ps(scores + i, eight);
        sums = _mm256_add_ps(sums, eight);
    }
    if (rest > 0) {
        const __m256 few = load(scores + whole, 0, rest, 0);
        store(scores + whole, exponential_avx2(_mm256_sub_ps(few, _mm256_set1_ps(top))), rest);
        sums = _mm256_add_ps(sums, load(scores + whole, 0, rest, 0));
    }
    float sum = _mm_cvtss_f32(lane_sums(sums, sums, sums, sums));
    if (a->sinks) sum += expf(sink - top);
    const float share = 1 / sum;
    for (size_t i = 0; i < a->count; i++) scores[i] *= share;
}

// MARK: - out = weights * values

// `columns` vectors of the sums of `heads` heads, beginning at a column, grow by positions from..<end; `count` numbers
// of the last vector count.
AVX2_PART void sum_columns(
    const Attention *a, size_t first_head, size_t from, size_t end, size_t column, const int heads, const int columns,
    size_t count, const int half) {
    float *out = a->out + first_head * a->value_size + column;
    const float *weights = a->scores + first_head * a->count;
    __m256 sums[8];
    UNROLL for (int i = 0; i < heads * columns; i++) {
        sums[i] = load(out + (size_t)(i / columns) * a->value_size, (size_t)(i % columns) * 8, count, 0);
    }
    for (size_t position = from; position < end; position++) {
        const void *value = row_at(a->cache.values, position * a->cache.value_stride + column, half);
        __m256 weight[4];
        UNROLL for (int head = 0; head < heads; head++) {
            weight[head] = _mm256_broadcast_ss(weights + (size_t)head * a->count + position);
        }
        UNROLL for (int i = 0; i < columns; i++) {
            const __m256 eight = load(value, (size_t)i * 8, count, half);
            UNROLL for (int head = 0; head < heads; head++) {
                __m256 *sum = &sums[head * columns + i];
                *sum = _mm256_fmadd_ps(weight[head], eight, *sum);
            }
        }
    }
    UNROLL for (int i = 0; i < heads * columns; i++) {
        store(out + (size_t)(i / columns) * a->value_size + (size_t)(i % columns) * 8, sums[i], count);
    }
}

// All columns, the widest blocks first; `widest` times `heads` are the eight sums.
AVX2_PART void sum_tile(
    const Attention *a, size_t head, size_t from, size_t end, const int heads, const int widest, const int half) {
    const size_t size = a->value_size;
    size_t column = 0;
    if (widest >= 8) {
        for (; column + 64 <= size; column += 64) sum_columns(a, head, from, end, column, heads, 8, 8, half);
    }
    if (widest >= 4) {
        for (; column + 32 <= size; column += 32) sum_columns(a, head, from, end, column, heads, 4, 8, half);
    }
    for (; column + 16 <= size; column += 16) sum_columns(a, head, from, end, column, heads, 2, 8, half);
    for (; column + 8 <= size; column += 8) sum_columns(a, head, from, end, column, heads, 1, 8, half);
    if (column < size) sum_columns(a, head, from, end, column, heads, 1, size - column, half);
}

AVX2_PART void sum_values(const Attention *a, const int half) {
    memset(a->out, 0, a->heads * a->value_size * sizeof *a->out);
    const size_t tile = tile_positions(a->value_size, half);
    for (size_t from = 0; from < a->count; from += tile) {
        const size_t end = smaller(from + tile, a->count);
        for (size_t head = 0, block; head < a->heads; head += block) {
            block = block_heads(a->heads - head);
            switch (block) {
            case 1: sum_tile(a, head, from, end, 1, 8, half); break;
            case 2: sum_tile(a, head, from, end, 2, 4, half); break;
            default: sum_tile(a, head, from, end, 4, 2, half); break;
            }
        }
    }
}

AVX2 static void sum_floats(const Attention *a) { sum_values(a, 0); }
AVX2 static void sum_halves(const Attention *a) { sum_values(a, 1); }

AVX2 void attend_avx2(const Attention *a) {
    (a->cache.half ? score_halves : score_floats)(a);
    for (size_t head = 0; head < a->heads; head++) weigh(a, head);
    (a->cache.half ? sum_halves : sum_floats)(a);
}

#endif
