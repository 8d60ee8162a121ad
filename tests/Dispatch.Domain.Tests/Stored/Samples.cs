using Dispatch.Domain.Accounts;
using Dispatch.Domain.Alerts;
using Dispatch.Domain.Channels;
using Dispatch.Domain.Contacts;
using Dispatch.Domain.Conversations;
using Dispatch.Domain.Hotline;
using Dispatch.Domain.Organisations;
using Dispatch.Domain.Partners;
using Dispatch.Domain.Protocols;
using Dispatch.Domain.Responders;
using Dispatch.Domain.Rosters;
using Dispatch.Domain.Sealing;
using Dispatch.Domain.ServiceAreas;
using Dispatch.Domain.Shelters;
using Dispatch.Domain.Survivors;
using Dispatch.Domain.Ussd;
using static Dispatch.Domain.Tests.Given;

namespace Dispatch.Domain.Tests.Stored;

/// <summary>One of each stored record with every member filled, so that a golden file shows every member there is.</summary>
internal static class Samples
{
    private static readonly OrganisationFacts Hospital = new("org-7", OrganisationKind.OneStopCentre, PoliceRun: true, PolicePresent: true, ArmedForces: true);

    private static readonly Declared Declared = new()
    {
        ConflictOrganisations = ["mac-of-organisation"], ConflictAreas = ["XX/north"], Travel = [new TravelTime("XX/demo", TravelBand.Under30, At(-86_400))],
    };
    private static readonly HouseRules HouseRules = new(true, true, true, 12, true, true, 30, true, 4);
    private static readonly TravelHours Travel = new() { UtcOffsetMinutes = 60, Closed = [new ClosedHours(new TimeOnly(22, 0), new TimeOnly(5, 0), ClosedFor.Curfew)] };

    private static readonly Assignment Assignment = new()
    {
        Mode = Mode.Escorts, AcceptedAt = At(12.345), ProgressAt = At(30), EtaMinutes = 25, EtaFrom = At(30), State = AssignmentState.EnRoute, Silent = true, Late = true, CheckedInAt = At(40), CheckInMissed = true, PanicAt = At(50), OverIn = 9, Via = ChannelKind.Sms, ConfirmedAt = At(14),
    };

    public static Rules Rules { get; } = new()
    {
        Version = 3,
        DefaultNeeds = [Need.Health, Need.Psychosocial],
        Needs =
        [
            new NeedRule(Need.Health, [Mode.CallsHer, Mode.ReceivesHer], 2)
            {
                AskedOf = [OrganisationKind.Health], OwnSteps = [new StepRule(0, 1)], CallWithinSeconds = 100, JourneyWithinSeconds = 1000, FallbackNumber = "+223 20 00 00 00",
            },
            new NeedRule(Need.Transport, [Mode.Escorts]),
        ],
        Steps = [new StepRule(0, 2), new StepRule(30, 3), new StepRule(75, 250, Everybody: true)],
        HumanAfterSeconds = 45, DutyOfficerAfterSeconds = 50, BackupAfterSeconds = 55, DeliveryGraceSeconds = 8, TextAfterSeconds = 9, CallAfterSeconds = 21, CallWithinSeconds = 240, JourneyWithinSeconds = 1200, RideWithinSeconds = 1800, CheckInEverySeconds = 900, BedsByHand = true,
        NightPairsUpTo = Verification.Voice,
        HumanBases = [DisclosureBasis.LifeThreat, DisclosureBasis.LegalDuty], Rest = new RestRule(10, 21, 5, 60),
    };

    public static ProtocolBook ProtocolBook { get; } = new()
    {
        Documents =
        [
            new ProtocolDocument(3, "XX/demo", ProtocolState.Retired, Rules, "agreed with the partners", "acc-2", At(-100)) { ActivatedBy = "acc-3", ActivatedAt = At(-50), RetiredAt = At(-10) },
        ],
    };

    public static Alert Alert { get; } = new()
    {
        Id = "7c1c", Tenant = "XX", Organisation = "org-1", Area = "XX/demo", Line = "demo", RaisedAt = At(0.12), ComposedAt = At(-5), Late = true, Exercise = true,
        Verification = Verification.Voice, Language = "bm", AgeBand = AgeBand.From15To17, LimitsSaid = new LimitsSaid("acc-9", At(211), "v3"), Guardians = new GuardiansDecision("acc-2", At(212), "sheAsked"), WomenOnly = true, Reach = Reach.Sms, WishedModes = [Mode.ReceivesHer], Wished = [Need.Health, Need.Police], Chose = true,
        KeyMac = "mac-of-key", BodyMac = "mac-of-body", WrappedKey = "wrapped", Channel = IntakeChannel.Call, Relay = Box<Relay>("box-11"), RelayOrganisations = ["mac-of-organisation"], Agreed = new Agreement(AgreedHow.CannotSay, At(-1), "v5", "bm"), Place = Box<Place>("box-1"), Party = Box<Party>("box-2"),
        LaterPlaces = [new Later<Place>(At(5), Consent.Survivor, Box<Place>("box-8"))], LaterParties = [new Later<Party>(At(6), "acc-9", Box<Party>("box-9"))],
        Notes = [new SealedNote(At(3), Consent.Survivor, Box<string>("box-3"))],
        Keyed = [new KeyedAddition("mac-of-key-2", "mac-of-body-2", 7)],
        Consents = [new Consent(DisclosureBasis.LifeThreat, "acc-9", At(4), "voice", "v2", "fr", "weapon", At(90)) { Review = new Review("acc-2", At(80), ReviewOutcome.Overturned) }],
        Exclusions = new Exclusions { Responders = ["r-5"], Organisations = ["org-3"], InHerWords = [new("box-4")] },
        Rules = Rules,
        Needs = [new NeedState { Need = Need.Health, OpenedAt = At(1), Stage = NeedStage.Filled, Quorum = 2, Night = true, Steps = [new StepEntered(0, At(1), 2, At(2))], MoveOn = true, WaitsFrom = At(3) }],
        Offers =
        [
            new Offer
            {
                No = 0, Responder = "r-1", Organisation = Hospital, Woman = true, Need = Need.Health, Step = 1, Modes = [Mode.CallsHer, Mode.Escorts], At = At(1), Because = new RankedBecause { WishedMode = true, NextDoor = true, Travel = TravelBand.Under30, Language = true, Load = 1, LastAskedAt = At(-90) }, Round = 2, Rung = Rung.Text, Confirmed = true,
                State = OfferState.Accepted, AnsweredAt = At(12.345), Declined = DeclineReason.TooFar, Withdrawn = WithdrawnFor.OffDuty, Assignment = Assignment, Former = Assignment with { State = AssignmentState.StandOff },
            },
        ],
        Beds = new BedSearch
        {
            Guests = new Guests(1, [new Child(7, true)], true, true, 14, true), Machine = true, HumanAt = At(310),
            Requests =
            [
                new BedRequest
                {
                    No = 0, Shelter = "demo-shelter-1", Organisation = Hospital, Staff = ["acc-15"], AskedAt = At(300), State = BedState.Over, Way = new WayThere(Travel, 40), By = "acc-9", KeyMac = "mac-of-key-3", BodyMac = "mac-of-body-3", ExpiresAt = At(3900), BookedAt = At(400), ExpectedAt = At(7200),
                    Surplus = true, Unneeded = true, ReleasedBy = "acc-9", NotCome = true, Over = BedOver.NotCome, Refused = BedRefusal.NoBed, PassedOver = PassedOver.NoReply, ByTelephone = true,
                },
            ],
            Said = Box<Guests>("box-12"), News = new BedNews(BedNewsState.Booked, At(400), At(7200)),
            Places =
            [
                new PlaceAsked { Place = "inn", Kind = OverflowKind.PartnerHotel, Organisation = Hospital, AskedAt = At(310), By = "acc-9", State = PlaceState.Yes, AnsweredAt = At(330), Until = At(40_000), Why = PassedOver.Full, Surplus = true },
            ],
        },
        MeetingPoints = [new MeetingPoint(0, Need.Transport, Box<Place>("box-14"), "acc-9", At(320)) { Bed = 0, KeyMac = "mac-of-key-4", BodyMac = "mac-of-body-4", Answer = new MeetingAnswer(true, Consent.Survivor, At(330)) }],
        Stage = Stage.Ended, Ending = new Ending(EndedHow.Referred, At(500), "acc-9"), DuressAt = At(200), DuressDecided = new DuressDecision(DuressChoice.GoOn, "acc-2", At(230), "forced"), DuressSaidAt = At(190), PhoneUnsafeAt = At(195), ContactAnew = true, IfDropped = IfDropped.RingBack, ReachAt = At(14),
        Ring = new Ring("7c1c:duress.2", RingReason.Duress, At(200)) { Begun = true, DutyOfficerToldAt = At(260), BackupToldAt = At(320) }, Rings = 2,
        Taken = new Taker("acc-9", At(210), "7c1c:duress.2"),
        Alarms = [new Alarm(new Ring("7c1c:reviewDue", RingReason.ReviewDue, At(86_404)) { Begun = true, DutyOfficerToldAt = At(86_464), BackupToldAt = At(86_524) }, 0) { Taken = new Taker("acc-2", At(86_530), "7c1c:reviewDue"), Panic = true }],
        AlarmsEver = 1, Outbox = [new Pending("r:r-1", 11), new Pending(Pending.Queue, 11)], Lease = new Lease("host-1", At(60)),
        Trail = [new HistoryEvent("00000011.000", At(12.345), HistoryKind.Accepted, Need.Health, 1, 0, "r-1", "escorts", Count: 3) { Bed = 0, Place = "inn" }],
        Version = 11, LastNow = At(500),
    };

    public static SurvivorSession SurvivorSession { get; } = new()
    {
        Tenant = "XX", Language = "ff", SafeContact = Box<SafeContact>("box-5"), PinHash = "hash-1", DuressPinHash = "hash-2", WrongTries = 3, Checks = 4, WrongAttempts = ["mac-of-try"],
    };

    public static Account Account { get; } = new()
    {
        Profile = new Profile
        {
            Tenant = "XX", UserName = Box<string>("box-6"), DisplayName = Box<string>("box-7"), Organisation = Hospital, Roles = [Role.Responder, Role.CallTaker],
            Needs = [Need.Legal], Modes = [Mode.MeetsAt], Areas = ["XX/demo"], Lines = ["demo"], Languages = ["fr", "bm"], Language = "bm", Woman = true, Children = true,
            VettedUntil = At(86_400), ConductUntil = At(43_200), LoadCap = 5, Houses = ["demo-shelter-1"],
        },
        PasswordHash = "hash-3", Sessions = [new StaffSession("s-1", At(3600))], Tries = 2, LockedUntil = At(300), Duty = new Duty(true, At(7200), true), MustChangePassword = true,
        Pin = new StaffPin("hash-11", 1, 2, At(600)) { ByText = new PinTries(2, 1, At(700)) }, Desk = new RelayDesk("2026-11", At(-7200), Box<string>("box-15")),
    };

    public static Delivery Delivery { get; } = new()
    {
        Offer = 4, Round = 1, Channel = ChannelKind.WebPush, Attempts = 2, SentAt = At(2), Partly = true, DeliveredAt = At(3), SeenAt = At(4), GaveUp = "gone", GaveUpAt = At(5),
    };

    public static DeviceBook DeviceBook { get; } = new() { Devices = [new Device("d-1", ChannelKind.Sms, Box<DeviceAddress>("box-10"), At(-60))] };

    public static AlertTold AlertTold { get; } = new()
    {
        AlertId = "7c1c", Version = 11, RaisedAt = At(0.12), Exercise = true, Area = "XX/demo", Rest = Rules.Rest,
        Offers =
        [
            new ToldOffer
            {
                No = 0, Round = 2, Need = Need.Health, Modes = [Mode.CallsHer], State = OfferState.Accepted, At = At(1), Assignment = Assignment, ProgressDueAt = At(900), CheckInDueAt = At(1000), Way = new WayThere(Travel, 40), BedsLost = 1, ReplyCode = "42",
            },
        ],
    };

    public static Claim Claim { get; } = new("7c1c:duress.2", ClaimState.Closed, "acc-9", At(210), EndedHow.FalseAlarm);

    public static WatchRow WatchRow { get; } = new()
    {
        AlertId = "7c1c", Line = "demo", Area = "XX/demo", Version = 11, RaisedAt = At(0.12), Exercise = true, Needs = [Need.Health, Need.Legal],
        ItemId = "7c1c:duress.2", Reason = RingReason.Duress, HumanAt = At(200), Begun = true, TakenBy = "acc-9", TakenItem = "7c1c:newAlert", NextDue = At(260),
        ExcludedPeople = ["r-5"], ExcludedOrganisations = ["org-3"], PoliceMayKnow = true, Ended = true, Alarms = [new WatchItem("7c1c:reviewDue", RingReason.ReviewDue, At(86_404), "7c1c.0", true) { DueAt = At(86_500) }], Contact = new WatchedContact("7c1c", "bm"),
    };

    public static ContactFigure ContactFigure { get; } = new("c.9f:callRinging", RingReason.CallRinging, At(1), At(31)) { AnsweredAt = At(12), ByMachine = true, Abandoned = true, Outcome = EndedHow.Advice, GivenBack = true };

    public static Contact Contact { get; } = new()
    {
        Id = "c.9f", Tenant = "XX", Line = "demo", Area = "XX/demo", UtcOffsetMinutes = 60, Number = new Sealed<string>("box-n"), Language = "bm",
        Mark = new ContactMark(true, true, "08:00", "18:00", "acc-9", At(40)) { Unsafe = true, Hearsay = true, HersSince = At(39), IfDropped = IfDropped.Text, Kept = true },
        Events = [new ContactEvent("e-1", ContactEventKind.CallArrived, At(1), "call-1", "acc-9")],
        Calls = [new ContactCall("call-1", At(1), true) { OverAt = At(20), PutThroughAt = At(11), ConnectedAt = At(12), Settled = true }],
        Texts = [new ContactText(At(3), new Sealed<string>("box-t"))], NotKept = 3, Step = "menu.2", StepAt = At(3),
        CallBack = new CallBack(At(20)) { Tries = 1, NextAt = At(60), RingsUntil = At(50), Over = "human", By = "acc-9" },
        Items = [new ContactItem(new Ring("c.9f:callRinging", RingReason.CallRinging, At(1)) { Begun = true, DutyOfficerToldAt = At(61), BackupToldAt = At(121) }, At(31)) { Call = "call-1", Taken = new Taker("acc-9", At(12), "c.9f:callRinging"), GivenBack = true }],
        ItemsEver = 1, Tie = Tied, FormerTies = [Tied with { UntiedAt = At(9) }], ShutOut = new ShutOut(["r-5"], ["org-3"]), ShutOutBefore = new ShutOut(["r-5"], ["org-3"]), Raises = [new OwedRaise(Asked, "7c1c") { Carried = true, At = At(3) }], Outbox = [new Pending("queue", 4)], Trail = [ContactFigure], Version = 4, LastNow = At(40),
    };

    private static RaiseAlert Asked => new()
    {
        Id = "7c1d", Tenant = "XX", Organisation = "org-1", Area = "XX/demo", Line = "demo", KeyMac = "mac-of-key", BodyMac = "mac-of-body", WrappedKey = "wrapped", ComposedAt = At(1), Needs = [Need.Health], Modes = [Mode.CallsHer],
        PoliceConsent = Alert.Consents[0], AgeBand = AgeBand.Adult, WomenOnly = true, Exclusions = Alert.Exclusions, Relay = Box<Relay>("box-11"), RelayOrganisations = ["mac-of-organisation"], Place = Box<Place>("box-1"), Party = Box<Party>("box-2"),
        Guests = new Guests(1, [new Child(4, true)], true, true, 3, true), Note = Box<string>("box-3"), Exercise = true, DrillWindowOpen = true, Channel = IntakeChannel.Call, By = "acc-9", LimitsWording = "v3", Agreed = Alert.Agreed, IfDropped = IfDropped.NeverRing,
    };

    private static AlertTie Tied => new("7c1c", At(2), "e-1") { By = "acc-9", LastAt = At(3), Raised = true, Merged = 2, Asked = [Asked], UntiedAt = At(9) };

    public static AreaSetup AreaSetup { get; } = new()
    {
        Id = "XX/demo", Tenant = "XX", Line = "demo", Staffing = new LineStaffing("08:00-20:00", "acc-4"), NightRoster = ["acc-5", "acc-6"], Neighbours = ["XX/north", "XX/south"],
        DutyOfficer = "acc-2", Backup = "acc-3", DutyOfficerAt = Hospital, BackupAt = Hospital, Default = new LineChain("national", "acc-7", "acc-8", Hospital, Hospital), DrillPassedAt = At(-7200), DrillUntil = At(7200), On = true,
        Houses = [new AreaHouse("demo-shelter-1", 40)],
        Overflow = [new OverflowPlace("hotel-1", OverflowKind.PartnerHotel, "XX", Hospital, ["XX/demo"], HouseRules, Travel, 1, TimeSpan.FromMinutes(20))],
    };

    public static Candidate Candidate { get; } = new()
    {
        Responder = "r-1", Tenant = "XX", Organisation = Hospital, Needs = [Need.Health, Need.Legal], Modes = [Mode.CallsHer, Mode.MeetsAt], Languages = ["fr"], Woman = true,
        Children = true, VettedUntil = At(86_400), ConductUntil = At(43_200), OnDutySince = At(-60), OnDutyUntil = At(7200), ByRoster = true, OffDutyUntil = At(3600), Drill = true, Load = 1, LoadVersion = 6, LoadCap = 4, Rest = new Rest(At(-30), At(43_170)), Declared = Declared, NextDoor = true, LastAskedAt = At(-30),
    };

    public static Roster Roster { get; } = new()
    {
        Version = 7, UtcOffsetMinutes = 60,
        Shifts =
        [
            new WeeklyShift("r-1", [DayOfWeek.Monday, DayOfWeek.Friday], new TimeOnly(20, 0), new TimeOnly(8, 0))
            {
                Needs = [Need.Health], Drill = true, ValidFrom = new DateOnly(2026, 11, 1), ValidUntil = new DateOnly(2027, 1, 31),
            },
        ],
        Overrides = [new RosterOverride("o5", 5, "r-1", new DateOnly(2026, 11, 20), true, new TimeOnly(12, 0), new TimeOnly(18, 30)) { Needs = [Need.Legal], Drill = true }],
        Swaps = [new Swap("s6", 7, "r-1", "r-2", new Hours(At(3600), At(7200)), SwapState.Accepted, At(-60)) { Takes = new Hours(At(86_400), At(90_000)) }],
    };

    public static Workload Workload { get; } = new() { Version = 6, Areas = ["XX/demo"], Active = 1, Rest = new Rest(At(-30), At(43_170)), Debriefs = [new DebriefDue("7c1c.0", At(-30), RestReason.Severe)], Declared = Declared };

    public static OwnWork OwnWork { get; } = new() { Need = Need.Transport, Mode = Mode.Escorts, AcceptedAt = At(12.345), EndedAt = At(700), State = AssignmentState.Done, Exercise = true };

    public static BedLedger BedLedger { get; } = new()
    {
        Version = 9, CountsVersion = 8, Kinds = [new KindCounts(BedKind.Bed, 12, 1, 3)],
        Holds =
        [
            new BedHold
            {
                Id = "7c1c.0.demo-shelter-1", Stage = HoldStage.Held, Beds = [new BedCount(BedKind.FamilyRoom, 1)], AskedAt = At(300), ExpiresAt = At(3900), Renewed = true, ExpectedAt = At(7200), Until = At(18_000), ArrivedAt = At(7100), Nights = 14, Code = 352,
                MeetAt = Box<Place>("box-13"), EndedBefore = GoneHow.NotCome,
            },
        ],
        Gone = [new GoneHold("7c1c.1.demo-shelter-1", At(200), GoneHow.NotCome, At(14_000), [new BedCount(BedKind.AccessibleBed, 1)]) { ArrivedAt = At(300), Nights = 3, Code = 417, Why = PassedOver.NotNow, NotHere = true }],
        AskedFloor = At(-86_400), ConfirmedAt = At(-600), ConfirmedBy = "acc-11",
        Trail = [new BedEvent("0000000009.000", At(301), BedEventKind.Corrected, "7c1c.0.demo-shelter-1", "acc-11", "saidTooEarly")],
        LastNow = At(301),
    };

    public static ShelterSetup ShelterSetup { get; } = new()
    {
        Tenant = "XX", Organisation = Hospital, Staff = ["acc-15"], Areas = ["XX/demo"], Rules = HouseRules, Travel = Travel, MeetingPoint = Box<Place>("box-12"),
    };

    public static AddressBook AddressBook { get; } = new()
    {
        Version = 5, Address = Box<ShelterAddress>("box-13"), Trail = [new BedEvent("a0000000005", At(400), BedEventKind.AddressSeen, "7c1c.0.demo-shelter-1", "r-4", "driver")],
        Releases = [new AddressRelease("rel-1", "7c1c.0.demo-shelter-1", "r-4", "acc-11", AddressReason.CannotWalk, At(390), At(18_000)) { EndedAt = At(500), EndedBy = "acc-12", Looks = 2 }],
    };

    public static Partner Partner { get; } = new()
    {
        Id = "partner-0001", Title = "An app", MadeAt = At(-3600), MadeBy = "acc-2", PerHour = 60,
        Keys = [new PartnerKey("key-00000001", "hash-12", [PartnerScope.Raise, PartnerScope.Status, PartnerScope.Sandbox], At(-3600), "acc-2", At(3600))],
        Webhook = new PartnerWebhook("https://app.example.org/dispatch", 3, At(-1800), "acc-2") { TookAt = At(-60), FailsSince = At(30), GaveUpAt = At(86_430), Anew = true }, LastSerial = 3,
        Alarms = [new PartnerAlarm(PartnerTrouble.OverQuota, At(10), At(700)), new PartnerAlarm(PartnerTrouble.WebhookFails, At(20), At(30))],
    };

    public static PartnerAlert PartnerAlert { get; } = new()
    {
        RaisedAt = At(0.12), Sandbox = true, OverQuota = true, Serial = 3, Told = "asking 2 health:asking//", ToldLast = true, Failures = 3, FailsSince = At(30), GaveUpAt = At(86_430),
    };

    public static Unreached Unreached { get; } = new() { Responder = "r-1", AskedAt = At(12.345), On = [ChannelKind.WebPush, ChannelKind.Sms], Exercise = true };

    public static HouseOccupancy HouseOccupancy { get; } = new() { Hour = HouseOccupancy.HourOf(At(3700)), Lines = [new BoardLine(BedKind.FamilyRoom, 7, 1, 1, 1, 3, 1)] };

    public static Conversation Conversation { get; } = new() { Texts = 3, Since = At(-60), Asked = Question.MayWeCall, AskedAt = At(-30), RepliedAt = At(-30), StoppedAt = At(12.345) };

    public static UssdSession UssdSession { get; } = new() { Inputs = ["1", "12"], At = At(12.345), Sent = true, BrokenOff = true };

    /// <summary>Everything that is written to a row or kept by an actor, by the name of its golden file.</summary>
    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["account"] = Account, ["alert"] = Alert, ["alertTold"] = AlertTold, ["areaSetup"] = AreaSetup, ["candidate"] = Candidate, ["claim"] = Claim,
        ["delivery"] = Delivery, ["deviceBook"] = DeviceBook, ["historyEvent"] = Alert.Trail[0], ["rules"] = Rules, ["protocolBook"] = ProtocolBook, ["ownWork"] = OwnWork, ["unreached"] = Unreached, ["survivorSession"] = SurvivorSession, ["watchRow"] = WatchRow,
        ["workload"] = Workload, ["roster"] = Roster, ["bedLedger"] = BedLedger, ["bedEvent"] = BedLedger.Trail[0], ["shelterSetup"] = ShelterSetup, ["addressBook"] = AddressBook,
        ["contact"] = Contact, ["contactFigure"] = ContactFigure, ["keptContact"] = new KeptContact(),
        ["houseOccupancy"] = HouseOccupancy, ["occupancyHouse"] = new OccupancyHouse("demo-shelter-1"),
        ["conversation"] = Conversation, ["ussdSession"] = UssdSession,
        ["partner"] = Partner, ["partnerAlert"] = PartnerAlert,
    };

    public static TheoryData<string> Names => new(All.Keys);
}
