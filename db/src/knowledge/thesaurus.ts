import type { KnowledgeLanguage } from '@crmflow/contracts';

const groups = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((word) => word.trim()));

/**
 * Everyday words of one meaning, one group a line: those in which people ask a firm, and those in
 * which firms write. Both are brought to their stems.
 */
export const thesaurus: { [Language in KnowledgeLanguage]?: string[][] } = {
  english: groups(`
    accident, crash, collision
    address, location, where
    adult, grown-up
    allergy, allergic, intolerance
    amount, sum, quantity
    apartment, flat
    arrive, arrival, check in, check-in
    authority, office, municipality
    autumn, fall
    baby, infant, toddler
    bag, baggage, luggage, suitcase
    battery, pack, accumulator
    bicycle, bike, cycle
    bill, invoice
    blackout, power cut, power failure, outage
    book, reserve, booking, reservation
    box, carton, packaging, packing
    boss, manager, administrator, owner
    broken, damage, damaged, defective, harm, breakage, crack
    buy, purchase, order
    cancel, cancellation, call off, terminate, withdraw, withdrawal, end
    car, vehicle, automobile
    cellar, basement
    cheap, cheaper, discount, reduction, reduced, saves, percent off, half off
    cheque, check
    child, children, kid, son, daughter
    clean, cleaning, wash, washing
    clothes, clothing, garment
    cold, winter, frost, freeze, freezes, minus
    colleague, coworker, member, team
    colour, color, coloured, colored
    company, firm, business
    complain, complaint, claim
    computer, pc, laptop, desktop
    connect, connection, network, internet, wifi, wi-fi, wlan
    contact, telephone, phone, call, ring, hotline
    contract, agreement, membership, subscription
    cost, price, fee, charge, rate, how much
    country, abroad, foreign, international, overseas
    course, class, lesson
    customer, client
    delay, late, overdue
    delete, erase, remove, bin, trash
    delivery, shipping, shipment, ship, courier, carrier
    dentist, dental, tooth, teeth
    deposit, advance, in advance, prepay, down payment
    depart, departure, leave, check out, check-out
    disabled, disability, wheelchair, accessible, accessibility
    doctor, physician, gp
    document, file, paper
    door, compartment, entrance
    download, export
    duty, customs, import fee, import tax
    earn, salary, wage, pay
    email, mail, e-mail
    emergency, urgent, immediately
    employee, staff, personnel
    exam, examination, test
    exchange, swap, replace, replacement
    extend, extension, longer, prolong
    fail, failure, declined, rejected
    fast, quick, quickly, speed
    finance, financing, loan, credit, instalment, installment
    fix, repair, mend
    free, no charge, without charge, for nothing, gratis
    friend, guest, visitor
    garbage, rubbish, waste
    group, party
    guarantee, warranty, covered
    guard, security, safe, safety
    hear, deaf, hearing
    holiday, vacation, leave
    hour, opening hours, open, opens
    ill, illness, sick, sickness, disease
    insurance, insured, insurer, cover, coverage
    invite, bring, bring along
    job, vacancy, career, employment
    keep, store, stored, kept, lies
    key, code, pin
    kilogram, kilo, kg, weight, heavy, weigh
    kilometre, kilometer, km, distance, mileage
    lamp, light
    late, delayed
    learn, training, apprenticeship
    licence, license, permit, permission
    lose, lost, missing
    maximum, limit, largest, biggest, no more than, at most
    medicine, drug, medication, painkiller
    metre, meter, square metre, sqm, sq m, m2
    minimum, at least, smallest
    miss, missed, forget, forgot, no show
    money back, refund, reimburse, reimbursement, pay back, paid back
    move, moving, relocate, relocation
    newsletter, news
    non-profit, nonprofit, charity
    overnight, night
    pain, ache, toothache, hurt, sore
    parcel, package, shipment
    park, parking, car park, garage
    password, passcode, login, log in, sign in, signing in
    pause, freeze, hold, suspend, on hold, skip
    pensioner, senior, retired
    pet, dog, cat, animal
    photo, photograph, picture, image
    plane, flight, airline, aircraft, fly, flying
    power, electricity, current
    pregnant, pregnancy
    present, gift
    problem, trouble, fault, error
    programme, program
    protect, protected, listed, protection
    pupil, student, learner
    railway, train, station
    renew, renewal
    rent, lease, hire
    restore, recover, bring back, brought back
    return, give back, send back, take back
    rule, condition, terms
    saturday, sunday, weekend
    screen, display, monitor
    shop, store
    size, bigger, larger, smaller
    start, begin, beginning
    steal, stolen, theft, burglary, robbed
    street, road
    sum, total
    swimming, pool, bath
    tax, vat
    taxi, cab
    ticket, admission, entry
    tyre, tire
    tourist, visitor
    trip, journey, travel, tour
    unwell, dizzy
    vegetarian, vegan
    wait, waiting, queue
    water, flood, flooded, leak, leaking
    year, annual, annually, yearly, twelve months
    month, monthly
    week, weekly
  `),
  german: groups(`
    abholen, Abholung, mitnehmen
    Adresse, Anschrift
    ändern, Änderung, wechseln, Wechsel
    Anruf, anrufen, Telefon, telefonisch, Hotline
    Ankunft, anreisen, Anreise, Check-in
    Anmeldung, anmelden, registrieren
    Arzt, Praxis, Doktor
    Auto, Wagen, Fahrzeug, Pkw
    Ausweis, Pass
    beschädigt, kaputt, defekt, Schaden, beschädigen
    Beschwerde, Reklamation, reklamieren
    bezahlen, Zahlung, zahlen
    Dauer, wie lange, dauert
    Eintritt, Ticket, Eintrittskarte
    E-Mail, Mail
    Erstattung, erstatten, Geld zurück, zurückzahlen
    Fahrrad, Rad, Bike
    Fehler, Störung, Problem
    Ferien, Urlaub
    Frist, spätestens, bis wann
    früh, morgens, vormittags
    Gebühr, Kosten, kostet, Preis, wie viel, teuer
    geöffnet, offen, Öffnungszeiten, öffnen, auf
    Gepäck, Koffer, Tasche
    Geschenk, Gutschein
    Gutschrift, Guthaben
    günstig, billig, Rabatt, ermäßigt, Ermäßigung
    Hallenbad, Schwimmbad, Bad, Freibad
    Hilfe, Unterstützung, Beratung
    Hund, Haustier, Tier
    Kind, Kinder, Tochter, Sohn, Baby
    Konto, Profil, Kundenportal, Kundenkonto
    krank, Krankheit
    kündigen, Kündigung, beenden, Vertragsende
    Lieferung, liefern, Versand, verschicken, Zustellung
    Medikament, Arznei
    monatlich, Monat, Rate, Abschlag
    Paket, Sendung, Päckchen
    Parkplatz, parken, Tiefgarage
    Passwort, Kennwort, anmelden
    Rechnung, Abrechnung, Jahresrechnung
    Rückgabe, zurückgeben, Rücksendung, zurückschicken, umtauschen, Umtausch
    Samstag, Sonntag, Wochenende
    Schmerz, wehtun, weh
    senken, verringern, niedriger, unten
    sofort, fristlos, gleich
    stornieren, Stornierung, absagen
    Strom, Elektrizität, Stromanbieter, Stromversorger
    Termin, Verabredung
    umziehen, Umzug, ziehe um, Auszug, neue Wohnung
    verloren, verlieren, Fundsachen, vergessen, liegen lassen
    Verspätung, verspätet, spät
    Vertrag, Abo, Mitgliedschaft
    Wohnung, Zuhause, Haus
  `),
};
