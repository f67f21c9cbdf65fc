// Tells of files that are too large or too many before they travel. The server checks them anyway.
"use strict";
document.querySelectorAll("[data-attachments]").forEach((form) => {
  const field = form.querySelector("input[type=file]");
  const message = form.querySelector("#e-file");
  const maxBytes = Number(form.dataset.maxBytes);
  const maxRequest = Number(form.dataset.maxRequest);
  const maxCount = Number(form.dataset.maxCount);
  const inMib = (bytes) => `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

  const complaint = (files) => {
    const large = files.find((file) => file.size > maxBytes);
    if (large) {
      return `Tệp “${large.name}” (${inMib(large.size)}) lớn hơn giới hạn ${Math.floor(maxBytes / 1048576)} MB.`;
    }
    if (files.length > maxCount) {
      return `Chỉ còn thêm được ${maxCount} tệp, đã chọn ${files.length} tệp.`;
    }
    const total = files.reduce((sum, file) => sum + file.size, 0);
    return total > maxRequest ? `Các tệp đã chọn (${inMib(total)}) quá lớn để gửi một lần; hãy gửi thành nhiều lần.` : "";
  };

  const check = () => {
    const found = complaint([...field.files]);
    field.setCustomValidity(found);
    field.classList.toggle("is-invalid", found !== "");
    message.classList.toggle("d-block", found !== "");
    message.textContent = found;
    return found === "";
  };

  field.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button[type=submit]");
    if (!check()) {
      event.preventDefault();
      field.focus();
      return;
    }
    button.setAttribute("aria-disabled", "true");
    button.textContent = "Đang gửi…";
  });
});
