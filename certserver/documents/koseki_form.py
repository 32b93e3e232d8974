"""The certificates of a koseki and the copy of its supplement, as forms: titles, places, sources of clauses. The clause
of individual entries is so long that it stands higher, off the official seal."""

from certserver.documents import koseki, supplement
from certserver.documents.certification import Place
from certserver.documents.column_form import ColumnForm
from certserver.documents.form import ClauseSource
from koufu.evidence.words import CertificateKind

_DATE = (24.0, 254.0)
_PLACE = Place(12.0, (19.5, 245.8), _DATE, 258.0, full_width=True)
_INDIVIDUAL_PLACE = Place(12.0, (19.5, 244.2), _DATE, 258.8, full_width=True)

KOSEKI_FULL_FORM = ColumnForm(
    name="koseki-full/1",
    kind=CertificateKind.KOSEKI_FULL,
    title="全部事項証明",
    file_title="戸籍全部事項証明書",
    place=_PLACE,
    labels=(*koseki.LABELS, *koseki.TITLES),
    words=koseki.WORDS,
    clause_source=ClauseSource.NATION,
    composer=koseki.compose,
)
KOSEKI_INDIVIDUAL_FORM = ColumnForm(
    name="koseki-individual/1",
    kind=CertificateKind.KOSEKI_INDIVIDUAL,
    title="個人事項証明",
    file_title="戸籍個人事項証明書",
    place=_INDIVIDUAL_PLACE,
    labels=(*koseki.LABELS, *koseki.TITLES),
    words=koseki.WORDS,
    clause_source=ClauseSource.NATION,
    composer=koseki.compose,
)
SUPPLEMENT_FORM = ColumnForm(
    name="koseki-supplement/1",
    kind=CertificateKind.KOSEKI_SUPPLEMENT,
    title="戸籍の附票",
    file_title="戸籍の附票の写し",
    place=_PLACE,
    labels=supplement.LABELS,
    words=supplement.WORDS,
    clause_source=ClauseSource.MUNICIPALITY_WHOLE_AND_PART,
    composer=supplement.compose,
)
