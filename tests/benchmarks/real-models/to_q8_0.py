"""Writes a GGUF file with its matrices as Q8_0: the same weights as nearly as eight bits tell, in a form that llama.cpp reads faster on a processor.

python to_q8_0.py SOURCE TARGET. Needs the package gguf.
"""

import sys

import gguf
import numpy

source, target = sys.argv[1:3]
reader = gguf.GGUFReader(source)
architecture = "general.architecture"
writer = gguf.GGUFWriter(target, reader.fields[architecture].contents())
for name, field in reader.fields.items():
    if name.startswith("GGUF.") or name == architecture:
        continue
    kind = field.types[0]
    if name == "general.file_type":
        writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    elif kind == gguf.GGUFValueType.ARRAY:
        writer.add_key_value(name, field.contents(), kind, sub_type=field.types[-1])
    else:
        writer.add_key_value(name, field.contents(), kind)

Type = gguf.GGMLQuantizationType
for tensor in reader.tensors:
    values = gguf.dequantize(tensor.data, tensor.tensor_type).astype(numpy.float32)
    values = values.reshape(tensor.shape.tolist()[::-1])
    if values.ndim == 1:
        writer.add_tensor(tensor.name, values, raw_dtype=Type.F32)
    else:
        writer.add_tensor(tensor.name, gguf.quantize(values, Type.Q8_0), raw_dtype=Type.Q8_0)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
