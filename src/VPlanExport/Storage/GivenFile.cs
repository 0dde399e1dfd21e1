namespace VPlanExport.Storage;

/// <summary>A file that an option names, to be written.</summary>
internal static class GivenFile
{
    /// <param name="option">Such as <c>--out</c>.</param>
    /// <param name="open">Opens or writes it.</param>
    /// <exception cref="ConfigurationException">It cannot be written.</exception>
    public static T Open<T>(string option, string path, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ConfigurationException(
                $"{option} is '{path}', which cannot be written: {e.Message} Name a file in a folder that is there "
                    + "and that this account may write.",
                e
            );
        }
    }
}
