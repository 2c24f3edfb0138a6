#ifndef PRODUCTS_32_AVX2_H
#define PRODUCTS_32_AVX2_H

#if defined(__x86_64__)

#include "blocks_32_avx2.h"

// Products of stored rows with activation rows. Of a block only its whole sum counts, which is exact, and a row's sum
// grows block by block: so its result does not depend on how many rows or activation rows are taken together.

/// Asks for bytes some way behind `block`: a processor by itself looks less far. Asking is not reading: any address
/// will do.
AVX2_INLINE void fetch_ahead(const uint8_t *block) {
    _mm_prefetch((const char *)((uintptr_t)block + 2048), _MM_HINT_T0);
}

// MARK: - Four rows at a time

/// Four whole sums a row, of products of its codes with 32 numbers; without the middle.
AVX2_INLINE __m256i pair_products(const OwnType32 type, const __m256i codes[2], __m256i low, __m256i high) {
    const __m256i ones = _mm256_set1_epi16(1);
    // 16 bits hold four products of codes below 32, and two of signed ones, of which the instruction wants one side
    // without sign.
    if (type.form != CodesSigned) {
        const __m256i fours = _mm256_add_epi16(
            _mm256_maddubs_epi16(codes[0], low), _mm256_maddubs_epi16(codes[1], high));
        return _mm256_madd_epi16(fours, ones);
    }
    const __m256i first = _mm256_maddubs_epi16(_mm256_abs_epi8(codes[0]), _mm256_sign_epi8(low, codes[0]));
    const __m256i second = _mm256_maddubs_epi16(_mm256_abs_epi8(codes[1]), _mm256_sign_epi8(high, codes[1]));
    return _mm256_add_epi32(_mm256_madd_epi16(first, ones), _mm256_madd_epi16(second, ones));
}

/// The sums of four whole numbers of each of four rows: rows 0, 2, 0, 2 below, rows 1, 3, 1, 3 above.
AVX2_INLINE __m256i join_pairs(__m256i first, __m256i second) {
    const __m256i twos = _mm256_add_epi32(_mm256_unpacklo_epi32(first, second), _mm256_unpackhi_epi32(first, second));
    return _mm256_add_epi32(twos, _mm256_shuffle_epi32(twos, 0x4e));
}

/// Adds a block's products to the sums of some rows, one in each place.
AVX2_INLINE __m256 add_block_32(
    const OwnType32 type, __m256 sum, __m256i whole, __m256 scale, __m256 least, const Activations32 *activations,
    size_t c, size_t block
) {
    if (type.form == CodesAroundMiddle) {
        const __m256i q = _mm256_set1_epi32(sums_32(activations, c)[block]);
        whole = _mm256_sub_epi32(whole, _mm256_slli_epi32(q, type.middle_bits));
    }
    const __m256 both_scales = _mm256_mul_ps(scale, _mm256_broadcast_ss(scales_32(activations, c) + block));
    sum = _mm256_fmadd_ps(both_scales, _mm256_cvtepi32_ps(whole), sum);
    if (type.form != CodesWithLeast) return sum;
    return _mm256_fmadd_ps(least, _mm256_broadcast_ss(scaled_sums_32(activations, c) + block), sum);
}

/// Four rows from `first` on, `stride` bytes apart, times `count` activation rows, 1 or 2: `out[c * 8 + row]`.
AVX2_INLINE void four_rows_times_activations(
    const OwnType32 type, const size_t count, const uint8_t *first, size_t stride, const Activations32 *activations,
    float *out
) {
    __m256 sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (size_t block = 0; block < activations->length / 32; block++, first += type.block_bytes) {
        BlockPair32 pair[2];
        for (int i = 0; i < 2; i++) {
            const uint8_t *row = first + i * 2 * stride;
            fetch_ahead(row);
            fetch_ahead(row + stride);
            pair[i] = type.read_pair(row, row + stride);
        }
        const __m256 scale = _mm256_blend_ps(pair[0].scale, pair[1].scale, 0xaa);
        const __m256 least = _mm256_blend_ps(pair[0].least, pair[1].least, 0xaa);
        for (size_t c = 0; c < count; c++) {
            const int8_t *q = codes_32(activations, c) + block * 32;
            const __m256i low = load_16_twice(q), high = load_16_twice(q + 16);
            const __m256i whole = join_pairs(
                pair_products(type, pair[0].codes, low, high), pair_products(type, pair[1].codes, low, high));
            sum[c] = add_block_32(type, sum[c], whole, scale, least, activations, c, block);
        }
    }
    for (size_t c = 0; c < count; c++) {
        const __m128 even = _mm256_castps256_ps128(sum[c]), odd = _mm256_extractf128_ps(sum[c], 1);
        _mm_storeu_ps(out + c * 8, _mm_unpacklo_ps(even, odd));
    }
}

// MARK: - Eight rows at a time
//
// A block's products end as one whole sum a row, in the row's place, with nothing to add across; and what was read
// serves many activation rows, which hand in four numbers at a time, the same for every place.

/// Four numbers of an activation row, for every place.
AVX2_INLINE __m256i four_numbers(const int8_t *q) {
    int four;
    memcpy(&four, q, sizeof four);
    return _mm256_set1_epi32(four);
}

/// Sums of eight products each, of four vectors of unsigned codes, as 16-bit numbers: so many fit of codes below 32, and
/// twice as many of codes below 16.
AVX2_INLINE __m256i products_of_16(const __m256i *codes, const int8_t *q) {
    const __m256i first = _mm256_add_epi16(
        _mm256_maddubs_epi16(codes[0], four_numbers(q)), _mm256_maddubs_epi16(codes[1], four_numbers(q + 4)));
    const __m256i second = _mm256_add_epi16(
        _mm256_maddubs_epi16(codes[2], four_numbers(q + 8)), _mm256_maddubs_epi16(codes[3], four_numbers(q + 12)));
    return _mm256_add_epi16(first, second);
}

/// The whole sum of each row, without the middle.
AVX2_INLINE __m256i eight_sums(const OwnType32 type, const __m256i codes[8], const __m256i sizes[8], const int8_t *q) {
    const __m256i ones = _mm256_set1_epi16(1);
    if (type.form != CodesSigned) {
        const __m256i low = products_of_16(codes, q), high = products_of_16(codes + 4, q + 16);
        if (type.bits < 5) return _mm256_madd_epi16(_mm256_add_epi16(low, high), ones);
        return _mm256_add_epi32(_mm256_madd_epi16(low, ones), _mm256_madd_epi16(high, ones));
    }
    __m256i sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    for (int k = 0; k < 8; k++) {
        const __m256i twos = _mm256_maddubs_epi16(sizes[k], _mm256_sign_epi8(four_numbers(q + k * 4), codes[k]));
        sum[k % 2] = _mm256_add_epi32(sum[k % 2], _mm256_madd_epi16(twos, ones));
    }
    return _mm256_add_epi32(sum[0], sum[1]);
}

/// Most activation rows of one round: so many sums lie in the first-level cache beside what they are made of.
enum { most_activations_avx2 = 16 };

/// Eight rows from `first` on, `stride` bytes apart, times `count` activation rows: `out[c * 8 + row]`.
AVX2_INLINE void eight_rows_times_activations(
    const OwnType32 type, size_t count, const uint8_t *first, size_t stride, const Activations32 *activations,
    float *out
) {
    __m256 sum[most_activations_avx2];
    for (size_t c = 0; c < count; c++) sum[c] = _mm256_setzero_ps();
    for (size_t block = 0; block < activations->length / 32; block++, first += type.block_bytes) {
        for (int row = 0; row < 8; row++) fetch_ahead(first + row * stride);
        const BlockEight32 read = type.read_eight(first, stride);
        __m256i sizes[8];
        for (int k = 0; k < 8 && type.form == CodesSigned; k++) sizes[k] = _mm256_abs_epi8(read.codes[k]);
        for (size_t c = 0; c < count; c++) {
            const __m256i whole = eight_sums(type, read.codes, sizes, codes_32(activations, c) + block * 32);
            sum[c] = add_block_32(type, sum[c], whole, read.scale, read.least, activations, c, block);
        }
    }
    for (size_t c = 0; c < count; c++) _mm256_storeu_ps(out + c * 8, sum[c]);
}

// MARK: - All rows

/// `together` rows, four or eight, from row `row` on and `step` rows apart; only the first `wanted` are written.
AVX2_INLINE void some_rows_times_activations(
    const OwnType32 type, const size_t together, const size_t count, const uint8_t *stored, size_t row_bytes,
    size_t row, size_t step, size_t wanted, const Activations32 *activations, float *out, size_t out_stride
) {
    float made[most_activations_avx2 * 8];
    if (together == 4) {
        four_rows_times_activations(type, count, stored + row * row_bytes, step * row_bytes, activations, made);
    } else {
        eight_rows_times_activations(type, count, stored + row * row_bytes, step * row_bytes, activations, made);
    }
    for (size_t c = 0; c < count; c++) {
        for (size_t i = 0; i < wanted; i++) out[c * out_stride + row + i * step] = made[c * 8 + i];
    }
}

/// `together` rows at a time, from as many equal parts of all rows: more of the memory's answers are awaited at once.
/// Where some are left over the last ones go again; too few for that go one by one, each as its own neighbour.
AVX2_INLINE void rows_times_activations(
    const OwnType32 type, const size_t together, const size_t count, const uint8_t *stored, size_t row_bytes,
    size_t row_count, const Activations32 *activations, float *out, size_t out_stride
) {
    const size_t step = row_count / together;
    for (size_t row = 0; row < step; row++) {
        some_rows_times_activations(
            type, together, count, stored, row_bytes, row, step, together, activations, out, out_stride);
    }
    if (row_count % together == 0) return;
    if (step > 0) {
        some_rows_times_activations(
            type, together, count, stored, row_bytes, row_count - together, 1, together, activations, out, out_stride);
        return;
    }
    for (size_t row = 0; row < row_count; row++) {
        some_rows_times_activations(
            type, together, count, stored, row_bytes, row, 0, 1, activations, out, out_stride);
    }
}

/// `own_rows_dot` of a type. One activation row is not worth the trouble of eight rows, nor are two where codes have a
/// sign; the compiler knows their number, and their sums stay in registers.
#define MAKE_ROWS_DOT_32(type) \
    AVX2 static void own_rows_dot( \
        const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations32 *activations, \
        size_t activation_count, float *out, size_t out_stride \
    ) { \
        switch (activation_count) { \
        case 1: ROWS_AVX2(type, 4, 1); break; \
        case 2: ROWS_AVX2(type, (type).form == CodesSigned ? 4 : 8, 2); break; \
        default: ROWS_AVX2(type, 8, activation_count); break; \
        } \
    } \
    enum { most_activations = most_activations_avx2 };

#define ROWS_AVX2(type, together, count) \
    rows_times_activations(type, together, count, rows, row_bytes, row_count, activations, out, out_stride)

#endif

#endif
