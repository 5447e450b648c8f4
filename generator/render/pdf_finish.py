"""What is done to a PDF of WeasyPrint before it is written: declare PDF/UA-1, and pack what it holds once."""

from typing import Any

from pydyf import PDF, Stream

# PDF/A-3a allows only metadata it knows; the mark of PDF/UA-1 is declared beside it
_UA_MARK = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END_OF_METADATA = b"</rdf:RDF>"


def finish(_document: object, pdf: PDF) -> None:
    """Declare PDF/UA-1 in the metadata, and pack each stream.

    WeasyPrint would pack them twice: for the digest that identifies the file, and for the file.
    """
    for number, part in enumerate(pdf.objects):
        if isinstance(part, Stream):
            if part.extra.get("Type") == "/Metadata":
                part.stream = [text.replace(_END_OF_METADATA, _UA_MARK + _END_OF_METADATA) for text in part.stream]
            pdf.objects[number] = _Packed(part)


class _Packed(Stream):  # type: ignore[misc]  # pydyf is not typed
    """A stream that does not change any more."""

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self.number = stream.number
        self.packed = stream.data

    @property
    def data(self) -> Any:
        """Return the stream as it stands in the file."""
        return self.packed
