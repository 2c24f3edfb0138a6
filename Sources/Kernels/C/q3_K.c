#include "blocks_256.h"
#include "blocks_256_avx2.h"

// Q3_K, 110 bytes: 32 bytes of third bits, 64 bytes of 2-bit codes, 12 bytes of scales for parts of 16, a Float16.
// A third bit that is not set takes 4 away: codes are -4...3. Bit k of third-bit byte j is for number 32 k + j; 32
// bytes of 2-bit codes hold 128 numbers, number j + 32 k in quarter k of byte j.
enum { block_bytes = 110, code_start = 32, scale_start = 96 };

static void read_block(const uint8_t *restrict block, PlainBlock256 *restrict plain) {
    plain->scale = float16_256(block + 108);
    plain->offset_scale = 0;
    for (int part = 0; part < 16; part++) {
        // Six bits around 32: the lower four as halves of bytes 0...7, the upper two as quarters of bytes 8...11.
        const int low = part < 8 ? block[scale_start + part] & 15 : block[scale_start + part - 8] >> 4;
        const int high = block[scale_start + 8 + part % 4] >> part / 4 * 2 & 3;
        plain->part_scale[part] = (int16_t)((low | high << 4) - 32);
        plain->part_offset[part] = 0;
    }
    for (int group = 0; group < 8; group++) {
        const uint8_t *bytes = block + code_start + group / 4 * 32;
        const int shift = group % 4 * 2;
        for (int i = 0; i < 32; i++) {
            const int two = bytes[i] >> shift & 3, third = block[i] >> group & 1;
            plain->code[group * 32 + i] = (int8_t)((two | third << 2) - 4);
        }
    }
}

#if defined(__x86_64__)

/// The 16 part scales as signed bytes. Reads the block's last 16 bytes: scales start at the third of them.
AVX2_INLINE __m128i part_scales(const uint8_t *block) {
    const __m128i bytes = load_16(block + block_bytes - 16);
    const __m128i low_from = _mm_setr_epi8(2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9);
    const __m128i high_from = _mm_setr_epi8(10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13);
    const __m128i low = _mm_srlv_epi64(_mm_shuffle_epi8(bytes, low_from), _mm_set_epi64x(4, 0));
    const __m128i high = _mm_srlv_epi32(_mm_shuffle_epi8(bytes, high_from), _mm_setr_epi32(0, 2, 4, 6));
    const __m128i four = _mm_and_si128(low, _mm_set1_epi8(15));
    const __m128i two = _mm_slli_epi16(_mm_and_si128(high, _mm_set1_epi8(3)), 4);
    return _mm_sub_epi8(_mm_or_si128(four, two), _mm_set1_epi8(32));
}

/// Bit `part` of every byte, as bit 2. Bits that a shift takes from a neighbouring byte do not get there.
AVX2_INLINE __m256i third_bits(__m256i bytes, int part) {
    const __m256i moved = part < 2 ? _mm256_slli_epi16(bytes, 2 - part) : _mm256_srli_epi16(bytes, part - 2);
    return _mm256_and_si256(moved, _mm256_set1_epi8(4));
}

AVX2_INLINE void block_product(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count
) {
    const __m256i two_bits = _mm256_set1_epi8(3);
    const __m128i parts = part_scales(bytes);
    const __m256i scales = part_scales_apart(parts);
    const __m256i thirds = load_32(bytes);
    __m256i whole[4];
    for (size_t c = 0; c < count; c++) whole[c] = _mm256_setzero_si256();
    for (int group = 0; group < 8; group++) {
        const __m256i packed = load_32(bytes + code_start + group / 4 * 32);
        const __m256i two = _mm256_and_si256(_mm256_srli_epi16(packed, group % 4 * 2), two_bits);
        const __m256i codes = _mm256_or_si256(two, third_bits(thirds, group));
        const __m256i group_scales = repeat_16(scales, group);
        for (size_t c = 0; c < count; c++) {
            const int8_t *q = codes_256(activations, c, block) + group * 32;
            whole[c] = _mm256_add_epi32(whole[c], scaled_products(codes, q, group_scales));
        }
    }
    // Codes were taken as 0...7; the 4 is taken away through the sums of the activations.
    const __m256i offsets = _mm256_cvtepi8_epi16(parts);
    for (size_t c = 0; c < count; c++) {
        const __m256i offset = _mm256_madd_epi16(offsets, load_32(sums_256(activations, c, block)));
        whole[c] = _mm256_sub_epi32(whole[c], _mm256_slli_epi32(offset, 2));
        sum[c] = add_block(sum[c], whole[c], float16_avx2(bytes + 108), scale_256(activations, c, block));
    }
}

ROWS_KERNELS_256(kernels, block_product, block_bytes)

AVX2 static void unpack_avx2(const uint8_t *block, float *out, size_t count) {
    const __m256i two_bits = _mm256_set1_epi32(3), third_bit = _mm256_set1_epi32(4);
    for (size_t start = 0; start < count; start += 256, block += block_bytes, out += 256) {
        float scales[16];
        signed_scales_avx2(part_scales(block), float16_avx2(block + 108), scales);
        for (int i = 0; i < 32; i += 8) {
            const __m256i thirds = _mm256_slli_epi32(widen_8(block + i), 2);
            for (int group = 0; group < 8; group++) {
                const __m256i bytes = widen_8(block + code_start + group / 4 * 32 + i);
                const __m256i two = _mm256_and_si256(_mm256_srli_epi32(bytes, group % 4 * 2), two_bits);
                const __m256i third = _mm256_and_si256(_mm256_srli_epi32(thirds, group), third_bit);
                const __m256i code = _mm256_sub_epi32(_mm256_or_si256(two, third), third_bit);
                const __m256 scale = _mm256_set1_ps(scales[group * 2 + i / 16]);
                _mm256_storeu_ps(out + group * 32 + i, _mm256_mul_ps(scale, _mm256_cvtepi32_ps(code)));
            }
        }
    }
}

#endif

BLOCK_KERNELS_256(q3_K)
