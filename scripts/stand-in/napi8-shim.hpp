// Lets better-sqlite3, written for Node-API 10, compile for Node-API 8 (Electron 25).
// Before Node-API 10 a reference may hold only objects, functions and symbols, so strings and plain values are boxed
// in a one-element array. Force-included before the driver's own sources; the driver itself is not changed.
#pragma once
#include <napi.h>
namespace Napi {
#define BOXED_REFERENCE(T)                                                              \
  template <> inline Reference<T> Reference<T>::New(const T& value, uint32_t count) {   \
    napi_env env = value.Env();                                                         \
    if (static_cast<napi_value>(value) == nullptr) return Reference<T>(env, nullptr);   \
    napi_value box; napi_ref ref;                                                       \
    napi_status status = napi_create_array_with_length(env, 1, &box);                   \
    if (status == napi_ok) status = napi_set_element(env, box, 0, value);               \
    if (status == napi_ok) status = napi_create_reference(env, box, count, &ref);       \
    NAPI_THROW_IF_FAILED(env, status, Reference<T>());                                  \
    return Reference<T>(env, ref);                                                      \
  }                                                                                     \
  template <> inline T Reference<T>::Value() const {                                    \
    if (_ref == nullptr) return T(_env, nullptr);                                       \
    napi_value box, value;                                                              \
    napi_status status = napi_get_reference_value(_env, _ref, &box);                    \
    if (status == napi_ok) status = napi_get_element(_env, box, 0, &value);             \
    NAPI_THROW_IF_FAILED(_env, status, T());                                            \
    return T(_env, value);                                                              \
  }                                                                                     \
  template <> inline void Reference<T>::Reset(const T& value, uint32_t count) {         \
    *this = Reference<T>::New(value, count);                                            \
  }
BOXED_REFERENCE(Napi::String)
BOXED_REFERENCE(Napi::Value)
#undef BOXED_REFERENCE
}
