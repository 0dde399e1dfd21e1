namespace VPlanExport.Commands.Init;

/// <summary>How each schedule is installed.</summary>
internal static class SchedulesReadme
{
    public static string Render(string folder, bool usesOAuth) =>
        $"""
            # Running the export every night

            Take one of these, and run its commands in the folder `{folder}`.
            Each brings the nightly run at 03:00 and, on Sundays at 07:00, the read of everything, which finds what
            vPlan no longer has.
            {(usesOAuth ? "\nConnect to vPlan first, once: `vplan-export connect --folder " + folder + "`\n" : "")}
            ## systemd

            ```
            sudo cp schedules/systemd/vplan-export* /etc/systemd/system/
            sudo systemctl daemon-reload
            sudo systemctl enable --now vplan-export.timer vplan-export-weekly.timer
            ```

            `systemctl list-timers` shows when it runs next, `journalctl -u vplan-export` what it said.

            ## cron

            ```
            (crontab -l; cat schedules/cron/vplan-export) | crontab -
            ```

            ## Windows Task Scheduler

            ```
            schtasks /create /tn vplan-export /xml schedules\windows\vplan-export.xml
            schtasks /create /tn vplan-export-weekly /xml schedules\windows\vplan-export-weekly.xml
            ```

            ## Kubernetes

            Put your registry and the version into both files. What is no secret comes from a config map, with a
            `--from-literal` for each setting, such as `Lake__Location` and `Warehouse__Kind`. A warehouse in SQL Server
            has its connection string in `secrets/warehouse-connection-string`.

            ```
            kubectl create configmap vplan-export --from-literal=VPlan__ApiEnv=ENVIRONMENT
            kubectl create secret generic vplan-export --from-file=secrets
            kubectl apply -f schedules/kubernetes
            ```

            ## Azure DevOps

            Put the folder `azure-devops` into your repository, and make a pipeline of each of its two files. Secrets
            stay in a Key Vault:

            ```
            az keyvault secret set --vault-name NAME --name vplan-api-key --file secrets/vplan-api-key
            ```

            The variable group `vplan-export` has the name of the vault as `keyVault`, and every other setting by its
            key with two underscores, such as `VPlan__ApiEnv`.

            ## Is it well?

            `vplan-export status --folder {folder} --max-age 26h` ends with exit code 1 when the data is too old.

            """.ReplaceLineEndings("\n");
}
