#include "office/docx_parts.h"

#include <pugixml.hpp>
#include <sstream>

#include "office/wordml.h"
#include "office/xml_text.h"

namespace office {
namespace {

#define WORDML_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define RELATION_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACKAGE_SPACE "http://schemas.openxmlformats.org/package/2006/"

std::string part_text(const char* text) {
  return std::string("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n") + text;
}

}  // namespace

pugi::xml_node start_package_part(pugi::xml_document& part, const char* root,
                                  const std::string& space) {
  pugi::xml_node declaration = part.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  pugi::xml_node made = part.append_child(root);
  made.append_attribute("xmlns") = (PACKAGE_SPACE + space).c_str();
  return made;
}

std::string content_types() {
  return part_text(
      "<Types xmlns=\"" PACKAGE_SPACE
      "content-types\">"
      "<Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      "<Override PartName=\"/word/document.xml\" ContentType=\"" WORDML_TYPE
      "document.main+xml\"/>"
      "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORDML_TYPE
      "styles+xml\"/>"
      "<Override PartName=\"/word/settings.xml\" ContentType=\"" WORDML_TYPE
      "settings+xml\"/>"
      "<Override PartName=\"/word/header1.xml\" ContentType=\"" WORDML_TYPE
      "header+xml\"/>"
      "<Override PartName=\"/word/header2.xml\" ContentType=\"" WORDML_TYPE
      "header+xml\"/>"
      "<Override PartName=\"/docProps/core.xml\" "
      "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
      "<Override PartName=\"/docProps/app.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
      "</Types>");
}

std::string package_relations() {
  return part_text("<Relationships xmlns=\"" PACKAGE_SPACE
                   "relationships\">"
                   "<Relationship Id=\"rId1\" Type=\"" RELATION_TYPE
                   "officeDocument\" Target=\"word/document.xml\"/>"
                   "<Relationship Id=\"rId2\" Type=\"" PACKAGE_SPACE
                   "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                   "<Relationship Id=\"rId3\" Type=\"" RELATION_TYPE
                   "extended-properties\" Target=\"docProps/app.xml\"/></Relationships>");
}

std::string document_relations() {
  return part_text("<Relationships xmlns=\"" PACKAGE_SPACE
                   "relationships\">"
                   "<Relationship Id=\"rId1\" Type=\"" RELATION_TYPE
                   "styles\" Target=\"styles.xml\"/>"
                   "<Relationship Id=\"rId2\" Type=\"" RELATION_TYPE
                   "header\" Target=\"header1.xml\"/>"
                   "<Relationship Id=\"rId3\" Type=\"" RELATION_TYPE
                   "header\" Target=\"header2.xml\"/>"
                   "<Relationship Id=\"rId4\" Type=\"" RELATION_TYPE
                   "settings\" Target=\"settings.xml\"/></Relationships>");
}

std::string styles_part() {
  return part_text(
      "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
      "<w:docDefaults><w:rPrDefault><w:rPr>"
      "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
      "w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
      "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"
      "<w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
      "<w:pPrDefault/></w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
      "<w:name w:val=\"Normal\"/><w:rPr>"
      "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
      "w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
      "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr></w:style></w:styles>");
}

std::string settings_part() {
  return part_text(
      "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
      "<w:defaultTabStop w:val=\"720\"/><w:compat>"
      "<w:compatSetting w:name=\"compatibilityMode\" "
      "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/>"
      "</w:compat><w:themeFontLang w:val=\"vi-VN\"/></w:settings>");
}

std::string app_properties() {
  return part_text(
      "<Properties "
      "xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
      "<Application>Thông Suốt</Application></Properties>");
}

std::string core_properties(const std::string& title, const std::string& creator) {
  pugi::xml_document part;
  pugi::xml_node declaration = part.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  declaration.append_attribute("standalone") = "yes";
  pugi::xml_node root = part.append_child("cp:coreProperties");
  root.append_attribute("xmlns:cp") = PACKAGE_SPACE "metadata/core-properties";
  root.append_attribute("xmlns:dc") = "http://purl.org/dc/elements/1.1/";
  root.append_child("dc:title").text() = xml_text(title).c_str();
  root.append_child("dc:creator").text() = xml_text(creator).c_str();
  root.append_child("dc:language").text() = "vi-VN";
  return to_text(part);
}

}  // namespace office
