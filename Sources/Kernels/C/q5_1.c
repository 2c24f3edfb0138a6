#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"
#include "products_32_avx2.h"

// Q5_1, 24 bytes: two Float16 (scale, least), 4 bytes of fifth bits and 16 bytes of the lower four; codes 0...31.
enum { block_bytes = 24 };

static void read_block(const uint8_t *block, PlainBlock32 *plain) {
    plain->scale = float16_32(block);
    plain->least = float16_32(block + 2);
    read_half_bytes_32(block + 8, plain->code);
    read_fifth_bits_32(block + 4, plain->code);
}

#if defined(__x86_64__)

AVX2_INLINE BlockPair32 read_pair(const uint8_t *first, const uint8_t *second) {
    BlockPair32 pair;
    scale_and_least_pair(first, second, &pair);
    read_half_bytes_avx2(first + 8, second + 8, pair.codes);
    read_fifth_bits_avx2(first + 4, second + 4, pair.codes);
    return pair;
}

AVX2_INLINE BlockEight32 read_eight(const uint8_t *first, size_t stride) {
    __m256i heads[2];
    read_heads_of_eight(first, stride, heads);
    BlockEight32 eight = {
        .scale = float16_of_eight(heads[0]), .least = float16_of_eight(_mm256_srli_epi32(heads[0], 16)),
    };
    read_half_bytes_of_eight(first + 8, stride, eight.codes);
    add_fifth_bits(heads[1], eight.codes);
    return eight;
}

#define OWN_TYPE ((OwnType32){read_pair, read_eight, block_bytes, CodesWithLeast, 5, 0})
MAKE_ROWS_DOT_32(OWN_TYPE)
MAKE_UNPACK_32(OWN_TYPE)

#elif defined(__aarch64__)

NEON_INLINE BlockCodes32 read_codes(const uint8_t *block) {
    BlockCodes32 codes = {.scale = float16_neon(block), .least = float16_neon(block + 2)};
    read_half_bytes_neon(block + 8, codes.code);
    read_fifth_bits_neon(block + 4, codes.code);
    return codes;
}

MAKE_KERNELS_NEON(read_codes, block_bytes)

#endif

BLOCK_UNPACK_32(q5_1)
BLOCK_ROWS_DOT_32(q5_1)
