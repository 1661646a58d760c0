import { createIssueFormatter, type IssueTexts } from '@crmflow/contracts/issues';

/** Every issue of a flow in German, as Unicode MessageFormat 2. */
export const germanIssues: IssueTexts = {
  language: 'de',
  inField: '{$field}: {$sentence}',
  atCharacter: '{$sentence} (Zeichen {$character :integer})',
  kinds: {
    null: 'null',
    bool: 'wahr oder falsch',
    int: 'eine ganze Zahl',
    double: 'eine Zahl',
    string: 'Text',
    list: 'eine Liste',
    map: 'ein Objekt',
    timestamp: 'ein Zeitpunkt',
    duration: 'eine Dauer',
    type: 'ein Typ',
    dyn: 'ein beliebiger Wert',
  },
  sentences: {
    format_invalid: '{$detail}',
    field_unknown: 'Dieses Feld gibt es nicht. Es entfernen.',
    type_expected: `.input {$expected :string} .match $expected
      text {{Hier Text eingeben.}}
      number {{Hier eine Zahl eingeben.}}
      integer {{Hier eine ganze Zahl eingeben.}}
      boolean {{Hier true oder false eingeben.}}
      list {{Hier eine Liste eingeben.}}
      object {{Hier ein Objekt eingeben.}}
      * {{Hier null eingeben.}}`,
    value_unknown: `.input {$count :integer} .match $count
      1 {{Hier {$known} eingeben.}}
      * {{Einen dieser Werte verwenden: {$known}.}}`,
    text_missing: 'Das darf nicht leer sein.',
    text_too_short: 'Mindestens {$limit :integer} Zeichen verwenden.',
    characters_forbidden: 'Die ungültigen Zeichen entfernen.',
    text_too_long: 'Höchstens {$limit :integer} Zeichen verwenden.',
    list_too_long: 'Höchstens {$limit :integer} Einträge verwenden.',
    value_too_small: 'Mindestens {$limit :number} eingeben.',
    value_too_big: 'Höchstens {$limit :number} eingeben.',
    value_too_large: 'Den Wert auf höchstens {$limit :integer} kB kürzen.',
    variables_too_large: 'Die Variablen auf zusammen höchstens {$limit :integer} kB kürzen.',
    flow_too_large: 'Den Flow aufteilen. Er ist größer als {$limit :integer} kB.',
    variable_name_invalid:
      'Bis zu 64 Buchstaben (A–Z), Ziffern und Unterstriche verwenden und nicht mit einer Ziffer beginnen.',
    service_name_invalid:
      'Bis zu 64 Buchstaben (A–Z), Ziffern, Punkte, Unterstriche und Bindestriche verwenden und mit einem Buchstaben oder einer Ziffer beginnen.',
    tool_name_invalid:
      'Bis zu 63 Buchstaben (A–Z), Ziffern und Unterstriche verwenden und nicht mit einer Ziffer beginnen.',
    name_forbidden: 'Einen anderen Namen wählen. Dieser ist reserviert.',
    duration_invalid:
      'Eine Dauer zwischen einer Sekunde und zehn Jahren eingeben, zum Beispiel P2W, P1DT12H oder PT30S.',
    time_limit_too_long: 'Das Zeitlimit auf höchstens {$minutes :integer} Minuten setzen.',
    retry_time_invalid: 'Höchstens {$days :integer} Tage lang wiederholen.',
    branch_name_else: 'Den Zweig „else“ hat jede Verzweigung schon. Einen anderen Namen wählen.',
    node_id_duplicate:
      'Ein anderer Knoten hat ebenfalls die ID „{$id}“. Eine eindeutige ID wählen.',
    edge_id_duplicate:
      'Eine andere Verbindung hat ebenfalls die ID „{$id}“. Eine eindeutige ID wählen.',
    note_id_duplicate: 'Eine andere Notiz hat ebenfalls die ID „{$id}“. Eine eindeutige ID wählen.',
    variable_duplicate: 'Eine andere Variable heißt ebenfalls „{$name}“. Eine davon umbenennen.',
    edge_source_unknown: 'Der Flow hat keinen Knoten mit der ID „{$id}“.',
    edge_target_unknown: 'Der Flow hat keinen Knoten mit der ID „{$id}“.',
    edge_handle_unknown:
      'Der Knoten „{$node}“ hat keinen Ausgang „{$handle}“. Möglich sind: {$known}.',
    handle_used_twice:
      'Vom Ausgang „{$handle}“ des Knotens „{$node}“ führt schon eine Verbindung weg. Nur eine ist möglich.',

    trigger_missing: 'Einen Auslöser hinzufügen. Dort beginnt der Flow.',
    trigger_extra: 'Ein Flow kann nur einen Auslöser haben.',
    unreachable: '„{$label}“ verbinden oder löschen. Dorthin führt keine Verbindung.',
    loop_without_wait: `.input {$count :integer} .match $count
      1 {{Dieser Knoten führt auf sich selbst zurück, ohne zu warten. Eine Eingabe oder Wartezeit einbauen, sonst bricht die Ausführung nach zu vielen Schritten ab.}}
      * {{Diese {$count} Knoten bilden eine Schleife, die nie wartet. Eine Eingabe oder Wartezeit einbauen, sonst bricht die Ausführung nach zu vielen Schritten ab.}}`,
    variable_unknown: 'Kein Knoten setzt die Variable „{$name}“.',
    variable_misspelt: 'Kein Knoten setzt die Variable „{$name}“. Ist „{$suggestion}“ gemeint?',
    variable_set_later: 'Die Variable „{$name}“ wird vor diesem Knoten nicht gesetzt.',
    contact_field_unknown:
      'Kontakte haben kein Feld „{$name}“. Ein Attribut heißt contact.attributes.{$name}.',
    contact_field_misspelt: 'Kontakte haben kein Feld „{$name}“. Ist „{$suggestion}“ gemeint?',

    message_missing: 'Die Nachricht eingeben, die gesendet werden soll.',
    reply_variable_missing: 'Eine Variable wählen, in der die Antwort gespeichert wird.',
    choices_missing: 'Mindestens eine Auswahlmöglichkeit hinzufügen.',
    choice_label_missing: 'Die Beschriftung von Auswahl {$number :integer} eingeben.',
    choice_value_missing: 'Den Wert von Auswahl {$number :integer} eingeben.',
    pattern_missing: 'Das Muster eingeben, dem Antworten entsprechen müssen.',
    reminder_delay_missing: 'Festlegen, wann Erinnerung {$number :integer} gesendet wird.',
    reminder_text_missing: 'Den Text von Erinnerung {$number :integer} eingeben.',
    time_limit_empty: 'Ein Zeitlimit eingeben oder entfernen.',
    prompt_missing: 'Einen Prompt für die KI eingeben.',
    goal_missing: 'Beschreiben, wann das Ziel erreicht ist.',
    answer_variable_missing: 'Eine Variable wählen, in der die Antwort gespeichert wird.',
    collect_variable_missing: 'Eine Variable wählen, in der die Angaben gespeichert werden.',
    fallback_text_missing: 'Den Text eingeben, der gesendet wird, wenn die KI nicht antwortet.',
    tool_integration_missing: 'Eine Integration für Werkzeug {$number :integer} wählen.',
    tool_name_missing: 'Werkzeug {$number :integer} benennen, damit die KI es aufrufen kann.',
    tool_description_missing: 'Beschreiben, wann die KI Werkzeug {$number :integer} aufrufen soll.',
    action_missing: 'Wählen, was der Knoten tut: verzweigen, Variablen setzen oder warten.',
    branches_missing: 'Mindestens einen Zweig hinzufügen.',
    condition_missing: 'Eine Bedingung für den Zweig „{$branch}“ eingeben.',
    assignments_missing: 'Eine Variable hinzufügen, die gesetzt wird.',
    assigned_variable_missing: 'In Zeile {$number :integer} eine Variable wählen.',
    contact_fields_missing: 'Ein Feld hinzufügen, das gesetzt wird.',
    contact_field_missing: 'In Zeile {$number :integer} ein Feld wählen.',
    wait_length_missing: 'Festlegen, wie lange gewartet wird.',
    wait_until_missing: 'Den Zeitpunkt eingeben, bis zu dem gewartet wird.',
    flow_missing: 'Flow wählen, der ablaufen soll.',
    url_missing: 'Die URL eingeben, die aufgerufen wird.',
    key_missing: 'Einen gespeicherten Schlüssel wählen.',
    key_header_missing: 'Den Header für den Schlüssel eingeben, etwa X-Api-Key.',
    key_parameter_missing: 'Den Query-Parameter für den Schlüssel eingeben, etwa api_key.',

    choice_duplicate:
      '„{$text}“ gibt es bei einer anderen Auswahl schon. Eine davon ändern, damit Antworten eindeutig sind.',
    brace_single: String.raw`„{$text}“ wird wörtlich gesendet. Für eine Variable \{\{ vars.{$name} \}\} schreiben.`,
    brace_stray: String.raw`„\}\}“ entfernen, sonst wird es wörtlich gesendet.`,
    division_drops_rest:
      'Eine Division ganzer Zahlen verwirft den Rest: {$example} ergibt {$result}. Durch {$divisor}.0 teilen, um ihn zu behalten.',
    day_of_24_hours:
      '{$duration} zählt in Stunden: Bei einer Zeitumstellung dazwischen ist danach eine andere Uhrzeit. Für einen Kalendertag .addDays(1) verwenden.',
    zone_unknown:
      '„{$zone}“ ist keine Zeitzone. Einen Namen wie Europe/Berlin oder einen Versatz wie +02:00 schreiben.',
    template_in_json:
      'Ein Anführungszeichen in einem Wert zerstört dieses JSON. Den Body als Objekt schreiben, oder jeden Wert als toJson(…).',
    choices_unused: 'Die Auswahl wird ignoriert, weil dieser Knoten keine Auswahl erwartet.',
    pattern_unused: 'Das Muster wird ignoriert, weil dieser Knoten kein Muster erwartet.',
    callback_missing:
      'callbackUrl() braucht nach diesem Knoten eine Eingabe, die einen Aufruf von außen erwartet. Eine hinzufügen oder sie nennen: callbackUrl("Freigabe").',
    callback_ambiguous:
      'callbackUrl() könnte für jeden dieser Knoten sein: {$labels}. Einen davon nennen: callbackUrl("Freigabe").',
    callback_unknown: 'Keine Eingabe, die einen Aufruf von außen erwartet, heißt „{$name}“.',
    flow_gone: 'Diesen Flow gibt es im Arbeitsbereich nicht. Einen anderen wählen.',
    flow_unpublished: '„{$name}“ ist nicht veröffentlicht. Zuerst veröffentlichen.',
    flow_version_gone: '„{$name}“ hat keine Version {$version :integer}. Eine andere wählen.',
    flow_listens:
      '„{$name}“ wartet bei „{$label}“ auf jemanden. In einem Gespräch wird nur dessen eigener Flow gehört: in diesem Flow fragen und die Antwort als Eingabe übergeben.',
    flow_unheard:
      '„{$name}“ wartet bei „{$label}“ auf jemanden. Nur das Team kann dort antworten, in der Ausführung dieses Flows.',
    branch_name_duplicate: 'Ein anderer Zweig heißt auch „{$name}“. Einen davon umbenennen.',
    wait_conflict: 'Entweder eine Dauer oder einen Zeitpunkt angeben, nicht beides.',
    instant_invalid:
      'Datum und Uhrzeit nach ISO 8601 eingeben, etwa 2026-01-31T09:30:00Z, oder einen Ausdruck.',
    schema_beside_goal:
      'Eine Konversation mit Ziel hat keine strukturierte Antwort. Stattdessen Felder erfassen.',
    schema_beside_fallback:
      'Eine Ersatzantwort ist Text und ergibt keine strukturierte Antwort. Eines davon entfernen.',
    schema_beside_tools:
      'Modelle können in einer Anfrage nicht zugleich Werkzeuge nutzen und strukturiert antworten. Eines davon entfernen.',
    tool_name_duplicate: 'Ein anderes Werkzeug heißt auch „{$name}“. Eines davon umbenennen.',
    tool_name_reserved: 'Der Name „{$name}“ ist reserviert. Einen anderen wählen.',
    tool_integration_gone: 'Diese Integration gibt es nicht mehr. Eine andere wählen.',
    customer_words_in_system:
      'Kunden können in {$expression} schreiben, und die KI würde ihre Worte wie die eigenen Vorgaben befolgen. Besser im Prompt verwenden.',
    model_invalid:
      'Den Namen eines Modells wie gemini-flash-latest angeben, oder nichts für den Standard.',
    url_invalid: 'Die URL muss mit https:// oder http:// beginnen.',
    status_invalid: 'Einen Status von 200 bis 599 eingeben, oder einen Ausdruck.',
    header_not_answered:
      'Antworten können den Header „{$name}“ nicht setzen. Content-Type, Location oder einen verwenden, der mit X- beginnt.',
    answer_unasked: 'Diese Antwort bekommt niemand, weil der Flow nicht mit einem Webhook beginnt.',
    answer_again: 'Diese Antwort bekommt niemand, weil ein Knoten davor schon geantwortet hat.',
    host_refused: `.input {$problem :string} .match $problem
      port {{Anfragen an {$host} werden blockiert, weil das kein HTTP-Port ist. Port 80, 443 oder ab 1024 verwenden oder {$host} vom Administrator in CRMFLOW_EGRESS_ALLOW eintragen lassen.}}
      * {{Anfragen an {$host} werden blockiert, weil das keine öffentliche Adresse ist. Eine öffentliche Adresse verwenden oder {$host} vom Administrator in CRMFLOW_EGRESS_ALLOW eintragen lassen.}}`,
    body_not_sent:
      'Eine {$method}-Anfrage hat keinen Inhalt. Den Inhalt entfernen oder POST wählen.',
    header_name_invalid: '„{$name}“ ist kein gültiger Header-Name.',
    header_line_break: 'Den Zeilenumbruch entfernen.',
    header_filled_by_key:
      'Den Header „{$name}“ hier entfernen. Ihn setzt der gespeicherte Schlüssel.',
    parameter_filled_by_key:
      'Den Parameter „{$name}“ hier entfernen. Ihn setzt der gespeicherte Schlüssel.',
    key_host_templated:
      'Den Host ohne Variable angeben. Ein gespeicherter Schlüssel wird mitgesendet, und eine Variable könnte ihn überallhin schicken.',

    schema_expected: String.raw`Ein JSON-Schema eingeben, etwa \{"type": "string"\}.`,
    schema_object_expected: 'Der Typ muss "object" sein, mit jedem Wert als Eigenschaft.',
    schema_type_invalid:
      'Einen der Typen object, array, string, number, integer oder boolean angeben, allein oder in einer Liste mit "null".',
    schema_keyword_unsupported:
      '„{$keyword}“ entfernen. Modelle unterstützen es bei {$type} nicht.',
    schema_properties_missing: 'Mindestens eine Eigenschaft hinzufügen.',
    schema_any_of_invalid: 'Mindestens ein Schema angeben.',
    schema_beside_any_of: '„{$keyword}“ in die Schemas von anyOf verschieben.',
    schema_too_deep: 'Höchstens {$limit :integer} Ebenen verschachteln.',
    schema_property_unknown: 'Die Eigenschaft „{$name}“ gibt es nicht.',
    schema_value_invalid: `.input {$expected :string} .match $expected
      boolean {{true oder false eingeben.}}
      text {{Text eingeben.}}
      false {{Nur false wird unterstützt.}}
      count {{Eine ganze Zahl ab 0 eingeben.}}
      number {{Eine Zahl eingeben.}}
      date-time {{Nur date-time wird unterstützt.}}
      texts {{Mindestens einen Text angeben.}}
      * {{Namen von Eigenschaften angeben.}}`,

    expression_unreadable: 'Den Ausdruck vereinfachen. So lässt er sich nicht lesen.',
    expression_too_large:
      'Den Ausdruck aufteilen, etwa indem vorher eine Variable gesetzt wird. Er ist länger als {$limit :integer} kB.',
    expression_empty: 'Einen Ausdruck eingeben, etwa vars.name.',
    expression_too_deep: 'Den Ausdruck aufteilen. Er ist zu tief verschachtelt oder zu lang.',
    expression_unfinished: 'Der Ausdruck ist unvollständig.',
    too_many_prefixes: 'Hier stehen zu viele „{$operator}“ hintereinander.',
    character_invalid: 'Das ungültige Zeichen entfernen.',
    character_unexpected: '„{$character}“ gehört nicht hierher.',
    token_unexpected: 'Hier fehlt etwas oder steht an der falschen Stelle.',
    word_operator: '{$operator} statt „{$word}“ verwenden.',
    assignment: 'Zum Vergleichen == verwenden.',
    quotes_curly: 'Gerade Anführungszeichen (" oder \') verwenden.',
    text_unclosed: 'Am Ende des Textes fehlt das Anführungszeichen.',
    escape_invalid: String.raw`Der Text enthält eine ungültige Escape-Sequenz. Für einen Backslash \\\\ schreiben.`,
    number_invalid: 'Das ist keine gültige Zahl.',
    number_too_large: 'Die Zahl {$number} ist zu groß. Stattdessen {$number}.0 schreiben.',
    literal_unsupported:
      'Bytes und vorzeichenlose Zahlen werden nicht unterstützt. Text und ganze Zahlen verwenden.',
    name_reserved: '„{$name}“ ist ein reserviertes Wort.',
    name_unknown: '„{$name}“ ist nicht definiert. Für eine Variable vars.{$name} schreiben.',
    optional_unsupported: 'Optionaler Zugriff wird nicht unterstützt. has() verwenden.',
    field_of_value: '{$expression} ist {$kind :kind} und hat kein Feld „{$field}“.',
    fields_of_value: '{$expression} ist {$kind :kind} und hat keine Felder.',
    elements_of_value: '{$expression} ist {$kind :kind}. Nur Listen und Objekte haben Elemente.',
    has_usage: 'has() braucht ein Feld, etwa has(vars.name).',
    function_unknown: 'Die Funktion „{$name}“ gibt es nicht.',
    function_is_method: 'Die Funktion „{$name}“ gibt es nicht. wert.{$name}(…) schreiben.',
    method_is_function: 'Die Methode „{$name}“ gibt es nicht. {$name}(…) schreiben.',
    arguments_count: `.input {$count :integer} .match $count
      1 {{{$name}() erhält 1 Argument, erwartet aber {$expected}.}}
      * {{{$name}() erhält {$count} Argumente, erwartet aber {$expected}.}}`,
    arguments_invalid: '{$name}() passt nicht zu diesen Werten: {$kinds :kind}.',
    macro_usage: 'So schreiben: {$usage}.',
    macro_variable_missing: '{$name}() braucht zuerst eine Variable, etwa x.',
    macro_range: '{$name}() arbeitet mit Listen und Objekten. Hier steht {$kind :kind}.',
    macro_condition: 'Die Bedingung von {$name}() muss wahr oder falsch sein.',
    negation_invalid: 'Ein Minus passt nicht zu diesem Wert: {$kind :kind}.',
    arithmetic_invalid:
      '{$operator} passt nicht zu diesen Werten: {$left :kind} und {$right :kind}.',
    remainder_invalid:
      '% passt nicht zu diesen Werten: {$left :kind} und {$right :kind}. Beide müssen ganze Zahlen sein.',
    text_addition_invalid:
      '+ passt nicht zu diesen Werten: {$left :kind} und {$right :kind}. string(…) um das schreiben, was kein Text ist.',
    text_arithmetic_invalid:
      '{$operator} passt nicht zu diesen Werten: {$left :kind} und {$right :kind}. int(…) oder double(…) um den Text schreiben.',
    order_invalid: 'Diese Werte lassen sich nicht vergleichen: {$left :kind} und {$right :kind}.',
    text_order_invalid:
      'Diese Werte lassen sich nicht vergleichen: {$left :kind} und {$right :kind}. int(…) oder double(…) um den Text schreiben.',
    never_equal: 'Diese Werte sind nie gleich: {$left :kind} und {$right :kind}.',
    in_invalid: '„in“ sucht in Listen und Objekten. Hier steht {$kind :kind}.',
    in_text: '„in“ sucht in Listen und Objekten. Bei Text text.contains(teil) schreiben.',
    operand_not_bool: '{$operator} braucht hier wahr oder falsch. Hier steht {$kind :kind}.',
    condition_not_bool:
      'Eine Bedingung muss wahr oder falsch ergeben. Das hier ergibt {$kind :kind}.',
    template_too_large: 'Den Text auf höchstens {$limit :integer} kB kürzen.',
    template_unclosed: String.raw`\{\{ mit \}\} schließen. Um zwei Klammern anzuzeigen, \{\{ "\{\{" \}\} schreiben.`,
    pattern_too_long: 'Das Muster auf höchstens {$limit :integer} Bytes kürzen.',
    pattern_too_large:
      'Das Muster wiederholt zu viel: Ausgeschrieben hat es mehr als {$limit :integer} Teile. Kleinere Zahlen verwenden.',
    pattern_too_deep: 'Das Muster ist zu tief verschachtelt.',
    pattern_invalid: `.input {$problem :string} .match $problem
      parenthesis {{Die Klammern in „{$part}“ gehen nicht auf.}}
      bracket {{In „{$part}“ fehlt die schließende Klammer.}}
      range {{„{$part}“ ist kein gültiger Zeichenbereich.}}
      escape {{„{$part}“ wird nicht unterstützt. Muster folgen RE2, ohne Rückverweise.}}
      group {{„{$part}“ wird nicht unterstützt. Muster folgen RE2, ohne Lookaround.}}
      count {{„{$part}“ ist keine gültige Anzahl. Höchstens 1.000 verwenden.}}
      nested {{„{$part}“ wiederholt eine Wiederholung. Eine davon entfernen.}}
      nothing {{Vor „{$part}“ fehlt, was wiederholt wird.}}
      backslash {{Den Backslash am Ende des Musters entfernen.}}
      * {{Das Muster ist kein gültiges RE2.}}`,
  },
};

/** Says issues in German. */
export const formatter = createIssueFormatter(germanIssues);
