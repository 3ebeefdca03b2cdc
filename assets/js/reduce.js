// Large photos are made smaller before they are sent: the longest side becomes that of an A4 page at
// 200 dpi. What the browser cannot read (HEIC in most), a PDF, and what would not shrink stay as they are.
(() => {
  "use strict";
  const LONGEST = 2400; // pixels
  const SMALL = 1_500_000; // bytes: not worth reducing
  const QUALITY = 0.85;

  const reduced = async (file) => {
    if (!/^image\/(jpeg|png|hei[cf])$/.test(file.type) || file.size < SMALL) return file;
    if (!self.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff"; // transparent scans stay readable
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  self.motcua = { ...self.motcua, reduced };
})();
