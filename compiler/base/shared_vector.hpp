// A vector whose copies share their elements until one of them is changed: copying costs nothing,
// however much it holds.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace bkfc {

// `T` may be incomplete where a member of this type is declared.
template <class T>
class SharedVector {
 public:
  SharedVector() = default;
  SharedVector(std::initializer_list<T> items) : items_(std::make_shared<std::vector<T>>(items)) {}
  SharedVector(std::vector<T> items) : items_(std::make_shared<std::vector<T>>(std::move(items))) {}

  std::size_t size() const { return items_ ? items_->size() : 0; }
  bool empty() const { return size() == 0; }
  const T& operator[](std::size_t i) const { return (*items_)[i]; }
  const T& front() const { return items_->front(); }
  const T& back() const { return items_->back(); }
  const T* begin() const { return items_ ? items_->data() : nullptr; }
  const T* end() const { return items_ ? items_->data() + items_->size() : nullptr; }

  bool operator==(const SharedVector& other) const {
    return items_ == other.items_ || all() == other.all();
  }
  // Whether both are one vector, so that they hold the same without a look.
  bool shares(const SharedVector& other) const { return items_ && items_ == other.items_; }

  // The elements, to be changed; nobody else sees it.
  std::vector<T>& own() {
    if (!items_) {
      items_ = std::make_shared<std::vector<T>>();
    } else if (items_.use_count() > 1) {
      items_ = std::make_shared<std::vector<T>>(*items_);
    }
    return *items_;
  }
  void push_back(T item) { own().push_back(std::move(item)); }

 private:
  const std::vector<T>& all() const {
    static const std::vector<T> none;
    return items_ ? *items_ : none;
  }

  std::shared_ptr<std::vector<T>> items_;
};

}  // namespace bkfc
