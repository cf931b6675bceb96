/** Dovecot 2.3: every user with one password, mail in Maildirs owned by Debian's `mail`. */
export function dovecotConfig({
  folder,
  port,
  password,
}: {
  folder: string;
  port: number;
  password: string;
}) {
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/logs/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u/Maildir
first_valid_uid = 1
first_valid_gid = 1
mail_uid = mail
mail_gid = mail
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = subscribe
    special_use = \\Drafts
  }
  mailbox Trash {
    auto = subscribe
    special_use = \\Trash
  }
}
`;
}

/** Roundcube as Debian ships it, with everything it writes in the folder. */
export function roundcubeConfig({ folder, imap, skin }: { folder: string; imap: number; skin: string }) {
  return `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${folder}/roundcube.db?mode=0600';
$config['imap_host'] = '127.0.0.1:${imap}';
$config['smtp_host'] = '';
$config['des_key'] = 'loopback-tests-only-24by';
$config['product_name'] = 'Roundcube Webmail';
$config['language'] = 'en_US';
$config['plugins'] = [];
$config['skin'] = '${skin}';
$config['log_dir'] = '${folder}/logs/';
$config['temp_dir'] = '${folder}/temp/';
$config['enable_installer'] = false;
$config['session_samesite'] = 'Lax';
`;
}
