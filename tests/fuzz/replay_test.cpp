// The corpus, and what is near it, as ordinary tests: whatever once broke a decoder stays mended.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "decoders.h"

namespace {

std::vector<std::string> corpus_of(const fuzz::Decoder& decoder) {
  std::vector<std::filesystem::path> paths;
  const auto folder = std::filesystem::path(SOURCE_FOLDER) / "tests/fuzz/corpus" / decoder.name;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::ranges::sort(paths);
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// One of the changes that decoders stumble over: cut short, a byte put otherwise, a piece twice.
std::string changed(std::string text, std::mt19937_64& random) {
  if (text.empty()) return text;
  const auto at = [&] { return random() % text.size(); };
  switch (random() % 4) {
    case 0:
      text.resize(at());
      break;
    case 1:
      text[at()] = static_cast<char>(random());
      break;
    case 2:
      text.erase(at(), 1 + random() % 8);
      break;
    default: {
      const std::size_t from = at();
      text.insert(at(), text.substr(from, 1 + random() % 64));
    }
  }
  return text;
}

class Corpus : public testing::TestWithParam<fuzz::Decoder> {};

TEST_P(Corpus, IsReadOrRefused) {
  const auto corpus = corpus_of(GetParam());
  ASSERT_FALSE(corpus.empty());
  for (const std::string& text : corpus) GetParam().read(text);
}

TEST_P(Corpus, IsReadOrRefusedWhenChanged) {
  std::mt19937_64 random(20221127);
  for (const std::string& text : corpus_of(GetParam())) {
    const std::size_t times = std::min<std::size_t>(100, 1 + 200'000 / (1 + text.size()));
    for (std::size_t i = 0; i < times; ++i) GetParam().read(changed(text, random));
  }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Corpus,
                         testing::ValuesIn(fuzz::decoders().begin(), fuzz::decoders().end()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
