#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"
#include "products_32_avx2.h"

#include <string.h>

// Q8_0, 34 bytes: a Float16 scale and 32 signed bytes.
enum { block_bytes = 34 };

static void read_block(const uint8_t *block, PlainBlock32 *plain) {
    plain->scale = float16_32(block);
    plain->least = -0.0f;
    memcpy(plain->code, block + 2, 32);
}

#if defined(__x86_64__)

AVX2_INLINE BlockPair32 read_pair(const uint8_t *first, const uint8_t *second) {
    return (BlockPair32){
        .codes = {load_16_each(first + 2, second + 2), load_16_each(first + 18, second + 18)},
        .scale = scale_pair(first, second),
        .least = _mm256_setzero_ps(),
    };
}

AVX2_INLINE BlockEight32 read_eight(const uint8_t *first, size_t stride) {
    __m256i heads[2];
    read_heads_of_eight(first, stride, heads);
    BlockEight32 eight = {.scale = float16_of_eight(heads[0]), .least = _mm256_setzero_ps()};
    read_16_of_eight(first + 2, stride, eight.codes);
    read_16_of_eight(first + 18, stride, eight.codes + 4);
    return eight;
}

#define OWN_TYPE ((OwnType32){read_pair, read_eight, block_bytes, CodesSigned, 8, 0})
MAKE_ROWS_DOT_32(OWN_TYPE)
MAKE_UNPACK_32(OWN_TYPE)

#elif defined(__aarch64__)

NEON_INLINE BlockCodes32 read_codes(const uint8_t *block) {
    const int8_t *bytes = (const int8_t *)block + 2;
    return (BlockCodes32){{vld1q_s8(bytes), vld1q_s8(bytes + 16)}, float16_neon(block), -0.0f};
}

MAKE_KERNELS_NEON(read_codes, block_bytes)

#endif

BLOCK_UNPACK_32(q8_0)
BLOCK_ROWS_DOT_32(q8_0)
