namespace VPlanExport.Sandbox;

/// <summary>A resource: an employee, a machine or a cell (A:`resource-67874d0`).</summary>
internal static class Resources
{
    public static readonly EntitySchema Schema = new("resource", archived: true, deleted: true);
    public static readonly Field Type = Schema.Text("type", "employee");
    public static readonly Field Name = Schema.Text("name");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
    public static readonly Field Transaction = Schema.Text("transaction");
    public static readonly Field StartDate = Schema.Date("start_date");
    public static readonly Field EndDate = Schema.Date("end_date");
    public static readonly Field Avatar = Schema.Text("avatar");
    public static readonly Field Workdays = Schema.Json("workdays", """{"1":8,"2":8,"3":8,"4":8,"5":8,"6":0,"7":0}""");
    public static readonly Field WorkdaysStartDate = Schema.Date("workdays_start_date");
    public static readonly Field IntegrationSchedule = Schema.Boolean("integration_schedule");
    public static readonly Field ColorHex = Schema.Text("color_hex");

    static Resources() =>
        Schema.Relate(
            new Linked("activities", "activity"),
            new LinkedFrom("cards", "card", "resources"),
            new Linked("resources", "resource"),
            new ToMany("schedules", "schedule", "resource_id"),
            new ToMany("schedule_deviations", "schedule_deviation", "resource_id")
        );
}

/// <summary>One resource on one day (A:`schedule-377743f0`).</summary>
internal static class Schedules
{
    public static readonly EntitySchema Schema = new("schedule");
    public static readonly Field Date = Schema.Date("date");
    public static readonly Field HoursAvailable = Schema.Number("hours_available");
    public static readonly Field HoursWork = Schema.Number("hours_work");
    public static readonly Field HoursLeave = Schema.Number("hours_leave");
    public static readonly Field HoursAbsence = Schema.Number("hours_absence");
    public static readonly Field ResourceId = Schema.Text("resource_id");
}

/// <summary>Leave, holiday or another deviation from the schedule (A:`retrieve-deviation-list-3809785e0`).</summary>
internal static class Deviations
{
    public static readonly EntitySchema Schema = new("schedule_deviation");
    public static readonly Field ResourceId = Schema.Text("resource_id");
    public static readonly Field Description = Schema.Text("description");
    public static readonly Field Type = Schema.Text("type", "other");
    public static readonly Field StartDate = Schema.Date("start_date");
    public static readonly Field EndDate = Schema.Date("end_date");
    public static readonly Field Time = Schema.Integer("time", 0);
    public static readonly Field ExternalRef = Schema.Text("external_ref");
    public static readonly Field Icon = Schema.Text("icon");
    public static readonly Field Color = Schema.Text("color");
}

/// <summary>A group of resources (M).</summary>
internal static class Groups
{
    public static readonly EntitySchema Schema = new("group");
    public static readonly Field Name = Schema.Text("name");

    static Groups() => Schema.Relate(new Linked("resources", "resource"));
}

/// <summary>A user, the way from a time entry to a resource (A:`retrieve-single-user-3589207e0`).</summary>
internal static class Users
{
    public static readonly EntitySchema Schema = new("user", archived: true, deleted: true);
    public static readonly Field IdpId = Schema.Text("idp_id");
    public static readonly Field InviteId = Schema.Text("invite_id");
    public static readonly Field Status = Schema.Text("status", "active");
    public static readonly Field ResourceId = Schema.Text("resource_id");
    public static readonly Field Email = Schema.Text("email");
    public static readonly Field Username = Schema.Text("username");
    public static readonly Field Firstname = Schema.Text("firstname");
    public static readonly Field Infix = Schema.Text("infix");
    public static readonly Field Lastname = Schema.Text("lastname");
    public static readonly Field Fullname = Schema.Text("fullname");
    public static readonly Field DisplayName = Schema.Text("display_name");
    public static readonly Field Role = Schema.Text("role", "member");
    public static readonly Field CardVisibility = Schema.Text("card_visibility", "all");
    public static readonly Field Language = Schema.Text("language", "nl");
    public static readonly Field Timezone = Schema.Text("timezone", "Europe/Amsterdam");
    public static readonly Field NotifyOwnChanges = Schema.Boolean("notify_own_changes");
    public static readonly Field MfaEnabled = Schema.Boolean("mfa_enabled");
    public static readonly Field IsSso = Schema.Boolean("is_sso");
    public static readonly Field NpsCounter = Schema.Integer("nps_counter", 0);
    public static readonly Field Avatar = Schema.Text("avatar");
    public static readonly Field DateOfBirth = Schema.Date("date_of_birth");
    public static readonly Field Mobile = Schema.Text("mobile");
    public static readonly Field About = Schema.Text("about");
    public static readonly Field Gender = Schema.Text("gender", "U");
    public static readonly Field ExternalRef = Schema.Text("external_ref");

    static Users() =>
        Schema.Relate(
            new ToOne("resource", "resource", "resource_id"),
            new ToMany("time_tracking", "time_tracking", "user_id"),
            new Unfilled("settings", Single: false),
            new Unfilled("board_views", Single: false)
        );
}

/// <summary>A space of boards (J).</summary>
internal static class Spaces
{
    public static readonly EntitySchema Schema = new("space");
    public static readonly Field Name = Schema.Text("name");

    static Spaces() => Schema.Relate(new Linked("boards", "board"));
}

/// <summary>A time entry (A:`344684m0`).</summary>
internal static class TimeEntries
{
    public static readonly EntitySchema Schema = new("time_tracking");
    public static readonly Field CardId = Schema.Text("card_id");
    public static readonly Field ActivityId = Schema.Text("activity_id");
    public static readonly Field UserId = Schema.Text("user_id");
    public static readonly Field Start = Schema.Timestamp("start");
    public static readonly Field End = Schema.Timestamp("end");
    public static readonly Field Duration = Schema.Integer("duration", 0);
    public static readonly Field Status = Schema.Text("status", "draft");
    public static readonly Field Locked = Schema.Boolean("locked");
    public static readonly Field Note = Schema.Text("note", "");
    public static readonly Field SynchronizedAt = Schema.Timestamp("synchronized_at");
    public static readonly Field ExternalRef = Schema.Text("external_ref");
    public static readonly Field ExternalNote = Schema.Text("external_note", "");
    public static readonly Field ExternalFailed = Schema.Boolean("external_failed");
    public static readonly Field Running = Schema.Boolean("running");

    static TimeEntries() =>
        Schema.Relate(
            new ToOne("user", "user", "user_id"),
            new ToOne("card", "card", "card_id"),
            new ToOne("activity", "activity", "activity_id")
        );
}
