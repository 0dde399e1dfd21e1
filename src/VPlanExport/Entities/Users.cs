using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>Someone who signs in; linked to a resource when they also do planned work
/// (A:`retrieve-single-user-3589207e0`).</summary>
internal static class Users
{
    public static readonly Table Dim = Dimension("dim_user", "user", "One row per user, archived ones too.")
        .Titled("Gebruiker")
        .Text("full_name", 255, "Full name.", "fullname", or: "display_name", personal: true)
        .Dutch("Volledige naam")
        .Text("first_name", 255, "First name.", "firstname", personal: true)
        .Dutch("Voornaam")
        .Text("infix", 50, "Name particle.", personal: true)
        .Dutch("Tussenvoegsel")
        .Text("last_name", 255, "Last name.", "lastname", personal: true)
        .Dutch("Achternaam")
        .Text("email", 320, "E-mail address.", personal: true)
        .Dutch("E-mailadres")
        .Text("username", 320, "Name to sign in with.", personal: true)
        .Dutch("Gebruikersnaam")
        .Text("role", 50, "admin, manager, organiser, member …")
        .Dutch("Rol")
        .Text("status", 50, "invited, active …")
        .Dutch("Status")
        .Text("card_visibility", 50, "Which cards the user sees.")
        .Dutch("Zichtbaarheid van kaarten")
        .Text("language", 20, "Language of the user.")
        .Dutch("Taal")
        .Text("timezone", 64, "Time zone of the user.")
        .Dutch("Tijdzone")
        .Bool("is_sso", "Signs in through single sign-on.")
        .Dutch("Eenmalige aanmelding")
        .Bool("is_mfa_enabled", "Uses a second factor.", "mfa_enabled")
        .Dutch("Tweede factor")
        .Ref("resource_key", Resources.Dim.Name, "resource", "resource_id", "The resource this user is.")
        .Text("external_ref", 255, "Id in the source system.")
        .Dutch("Externe referentie")
        .Timestamp("archived_at", "When the user was archived.")
        .Dutch("Gearchiveerd op")
        .MarkedDeleted()
        .Build();

    public static readonly Entity Entity = new(
        "user",
        new Endpoint("/user")
        {
            Archived = ArchivedRows.Separate,
            Hide = ["avatar", "about", "date_of_birth", "gender", "mobile"],
        },
        [Dim]
    )
    {
        IgnoredProperties =
        [
            "display_name",
            "idp_id",
            "invite_id",
            "notify_own_changes",
            "nps_counter",
            "avatar",
            "avatar_checksum",
            "avatar_signature",
            "date_of_birth",
            "about",
            "mobile",
            "gender",
            "resource",
            "settings",
            "board_views",
            "time_tracking",
        ],
    };
}
