// danfo.js reads a few names of TensorFlow.js when it loads; nothing that Spejl calls uses them.
const unavailable = () => {
  throw new Error("tensors are not part of this installation: use the frame's own methods");
};
class Tensor {}
module.exports = { Tensor, tensor: unavailable, tensor1d: unavailable, tensor2d: unavailable, data: {} };
