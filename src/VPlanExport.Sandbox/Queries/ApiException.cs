namespace VPlanExport.Sandbox;

/// <summary>An answer that is an error: status and the one entry of the envelope's `errors` (README section 9,
/// J).</summary>
internal sealed class ApiException(int status, int code, string message, string description) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public string Description { get; } = description;

    public static ApiException BadRequest(string message, string description = "") =>
        new(400, 10001, message, description);

    public static ApiException NotFound(string what) => new(404, 10004, "Not Found", what);
}
