// Makes a photo small enough to send: a JPEG of at most 2000 pixels. Plain ES5, for old phones.
(function () {
  "use strict";
  var LONGEST = 2000, QUALITY = 0.88, MOST_BYTES = 4 * 1024 * 1024;
  // A browser that turns pictures by itself also turns what it draws; another one would lose which side is up.
  var turns = Boolean(window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image"));

  function fromUrl(url) {
    var bytes = atob(url.split(",")[1]), array = new Uint8Array(bytes.length), i;
    for (i = 0; i < bytes.length; i += 1) { array[i] = bytes.charCodeAt(i); }
    return new Blob([array], { type: "image/jpeg" });
  }

  function drawn(image, next) {
    var scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    var canvas = document.createElement("canvas"), context;
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    context = canvas.getContext("2d");
    context.fillStyle = "#fff"; // what is clear in a PNG would be black
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    if (canvas.toBlob) { canvas.toBlob(next, "image/jpeg", QUALITY); } else { next(fromUrl(canvas.toDataURL("image/jpeg", QUALITY))); }
  }

  // next(blob or null, key of the trouble)
  window.smallPicture = function (file, next) {
    var image = new Image(), url = URL.createObjectURL(file), isJpeg = file.type === "image/jpeg";
    function asItIs() {
      if (!isJpeg) { next(null, "notAPicture"); } else if (file.size > MOST_BYTES) { next(null, "tooLarge"); } else { next(file, ""); }
    }
    image.onload = function () {
      var fits = Math.max(image.naturalWidth, image.naturalHeight) <= LONGEST;
      URL.revokeObjectURL(url);
      if (isJpeg && file.size <= MOST_BYTES && (fits || !turns)) { next(file, ""); return; }
      try { drawn(image, function (blob) { if (blob) { next(blob, ""); } else { asItIs(); } }); } catch (_) { asItIs(); }
    };
    image.onerror = function () { URL.revokeObjectURL(url); asItIs(); };
    image.src = url;
  };
}());
