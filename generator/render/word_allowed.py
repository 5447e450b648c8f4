"""What the Word file of a house style may hold: elements, settings, fields. Nothing else goes into a letter."""

import re

from generator.render.word import W

_ALLOWED = """
    document body hdr ftr p pPr r rPr t tab ptab br cr noBreakHyphen softHyphen lastRenderedPageBreak bookmarkStart
    bookmarkEnd proofErr fldSimple fldChar instrText sdt sdtPr sdtEndPr sdtContent id docPartObj docPartGallery
    docPartUnique sectPr headerReference footerReference pgSz pgMar pgBorders pgNumType cols col docGrid titlePg type
    rtlGutter formProt textDirection noEndnote footnotePr endnotePr paperSrc vAlign

    pStyle keepNext keepLines pageBreakBefore widowControl numPr ilvl numId suppressLineNumbers pBdr top left bottom
    right between bar start end shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
    autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc
    textAlignment outlineLvl rStyle rFonts b bCs i iCs caps smallCaps strike dstrike vanish specVanish webHidden u color
    w kern position sz szCs highlight bdr vertAlign cs em lang noProof outline shadow emboss imprint

    tbl tblPr tblStyle tblW tblCellSpacing tblInd tblBorders tblLayout tblCellMar tblLook tblGrid gridCol tr trPr
    cantSplit tblHeader tc tcPr tcW gridSpan vMerge tcBorders insideH insideV tcMar noWrap tblStylePr
    tblStyleRowBandSize tblStyleColBandSize cnfStyle

    styles style docDefaults rPrDefault pPrDefault latentStyles lsdException name aliases basedOn next link
    autoRedefine uiPriority semiHidden unhideWhenUsed qFormat locked rsid numbering abstractNum nsid multiLevelType tmpl
    styleLink numStyleLink lvl numFmt lvlRestart isLgl suff lvlText lvlJc num abstractNumId lvlOverride startOverride
    numIdMacAtCleanup
"""
ALLOWED = frozenset(_ALLOWED.split())
"""The text, paragraphs and runs, tables, styles and lists; hidden and struck text is named elsewhere for what it is."""
_PICTURE = """
    drawing wp:inline wp:anchor wp:extent wp:effectExtent wp:docPr wp:cNvGraphicFramePr wp:simplePos wp:positionH
    wp:positionV wp:posOffset wp:align wp:wrapNone wp:wrapSquare wp:wrapTopAndBottom wp:wrapTight wp:wrapPolygon
    wp:start wp:lineTo a:graphic a:graphicData a:graphicFrameLocks a:picLocks a:blip a:stretch a:fillRect a:srcRect
    a:xfrm a:off a:ext a:extLst a:prstGeom a:avLst a:noFill a:effectLst a:ln pic:pic pic:nvPicPr pic:cNvPr
    pic:cNvPicPr pic:blipFill pic:spPr
"""
PICTURE_NAMES = frozenset(_PICTURE.split())
"""What a picture in a head or foot is made of."""
KEPT_SETTINGS = frozenset(
    f"{W}{name}"
    for name in (
        "zoom", "mirrorMargins", "evenAndOddHeaders", "defaultTabStop", "autoHyphenation", "characterSpacingControl",
        "compat", "decimalSymbol", "listSeparator",
    )
)  # fmt: skip
"""The settings that go into a letter; of all others Word has the usual ones."""
FIELD_CODE = re.compile(
    r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)(?:\s+\\[*#]\s*\"?[A-Za-z0-9]{1,20}\"?)*\s*", re.ASCII | re.IGNORECASE
)
"""The fields a house style may hold: numbers of pages."""
