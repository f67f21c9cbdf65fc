"""Archive (lưu trữ): numbers, keeps and serves what the office issues."""
